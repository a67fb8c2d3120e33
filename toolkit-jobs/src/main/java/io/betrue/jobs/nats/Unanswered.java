package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.nats.client.Message;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Questions that wait for their answers. A server that went away does not answer them when it is back. Safe for use by multiple threads. */
final class Unanswered {
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Message>> questions = new ConcurrentHashMap<>();

    CompletableFuture<Message> add(CompletableFuture<Message> question) {
        long number = numbers.incrementAndGet();
        questions.put(number, question);
        CompletableFuture<?> unused = question.whenComplete((answer, failure) -> questions.remove(number));
        return question;
    }

    /** Ends the waiting: what was asked for may have been done or not. */
    void giveUp() {
        questions
                .values()
                .forEach(question ->
                        question.completeExceptionally(new JobException("NATS went away before it answered")));
    }
}
