package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.jobs.JobException;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what comes for a session, in one order: jobs, the ends of pulls, and the questions of those who look from outside. So whoever was asked for a job
 * has seen all that the server had delivered before.
 */
final class Arrivals {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final int NO_MESSAGES = 404;
    private static final int CONFLICT = 409;
    private static final byte[] WORD = {};

    private final NatsSession session;
    private final Connection connection;
    private final Collection<Intake> intakes;
    private final Dispatcher dispatcher;
    private final Set<String> unheard = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<@Nullable Void> allHeard = new CompletableFuture<>();

    Arrivals(NatsSession session, Collection<Intake> intakes) {
        this.session = session;
        this.connection = session.store.wire().connection;
        this.intakes = intakes;
        this.dispatcher = connection.createDispatcher();
    }

    void open() {
        List<String> subjects = new ArrayList<>();
        for (Intake intake : intakes) {
            for (Shelf band : intake.bands()) {
                subjects.add(hear(band, Pulls.AWAITED, false));
                subjects.add(hear(band, Pulls.STAYING, true));
            }
        }
        dispatcher.subscribe(session.store.names().ask, this::asked);
        subjects.add(session.store.names().ask);
        awaitOwnWords(subjects);
    }

    /** Hears nothing any more, whether the server answers or not. */
    void abandon() {
        try {
            connection.closeDispatcher(dispatcher);
        } catch (IllegalStateException | IllegalArgumentException e) {
            LOG.debug("Nothing to unsubscribe", e);
        }
    }

    private String hear(Shelf band, String kind, boolean stays) {
        String subject = band.inbox + '.' + kind;
        dispatcher.subscribe(subject, message -> message(band, message, stays));
        return subject;
    }

    /**
     * Makes sure that the server knows all subscriptions, by what is said to them. A flush does not tell: once jnats has lost a ping, as it may when it comes
     * back to a server, each flush waits for the answer to the next.
     */
    private void awaitOwnWords(List<String> subjects) {
        unheard.addAll(subjects);
        subjects.forEach(subject -> session.store.wire().tell(subject, WORD));
        try {
            allHeard.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while NATS was asked to deliver jobs", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new JobException("NATS does not answer", e);
        }
    }

    private void heard(Message word) {
        if (unheard.remove(word.getSubject()) && unheard.isEmpty()) {
            allHeard.complete(null);
        }
    }

    /** Lets nothing more come; what has come stays. */
    void close() {
        for (Intake intake : intakes) {
            for (Shelf band : intake.bands()) {
                dispatcher.unsubscribe(band.inbox + '.' + Pulls.AWAITED);
                dispatcher.unsubscribe(band.inbox + '.' + Pulls.STAYING);
            }
        }
        dispatcher.unsubscribe(session.store.names().ask);
        try {
            connection.flush(LAST_WORDS);
            dispatcher.drain(LAST_WORDS).get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon();
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("jobs on their way come back when their lease is over", e);
            abandon();
        }
        intakes.forEach(Intake::forget);
    }

    private void message(Shelf band, Message message, boolean standing) {
        try {
            if (message.isStatusMessage()) {
                status(band, message, standing);
            } else if (message.getReplyTo() == null) {
                heard(message);
            } else {
                job(band, message, standing);
            }
        } catch (RuntimeException e) {
            band.intake.arrived(band, null, 0, standing);
            LOG.error("A message of {} is of no use; it comes again when the lease is over", message.getSubject(), e);
        }
    }

    private void status(Shelf band, Message message, boolean standing) {
        int code = message.getStatus().getCode();
        if (code < 400) {
            return; // a sign of life
        }
        band.intake.over(band, standing, left(message), code == NO_MESSAGES);
        if (code == CONFLICT) {
            LOG.debug("NATS ended a pull of {}: {}", band.intake.queue, message.getStatus());
        }
        if (standing && !session.isClosed() && !session.store.roster().isPaused(band.intake.queue)) {
            band.intake.stand();
        }
    }

    private static int left(Message message) {
        String left = message.hasHeaders() ? message.getHeaders().getFirst("Nats-Pending-Messages") : null;
        return left == null ? Integer.MAX_VALUE : Integer.parseInt(left);
    }

    private void job(Shelf band, Message message, boolean stays) {
        Receipt receipt = Receipt.of(message);
        long asked = band.intake.askedSince(band, stays);
        Entry entry = JobMessages.read(message.getSubject(), message.getHeaders(), message.getData(), receipt.time());
        Delivery delivery = new Delivery(
                band, entry, message.getReplyTo(), receipt.sequence(), receipt.delivered(), receipt.time());
        delivery.proveUntil(asked + session.leaseNanos());
        if (session.held.isWithheld(entry.id())) {
            band.intake.arrived(band, null, receipt.pending(), stays);
            return;
        }
        if (session.held.runs(delivery) || session.held.hasSettled(delivery)) {
            forgotten(band, delivery, receipt.pending(), stays);
            return;
        }
        session.held.add(delivery);
        Arrival arrival = band.intake.arrived(band, delivery, receipt.pending(), stays);
        String queue = band.intake.queue;
        if (arrival == Arrival.TOO_MANY) {
            if (band.intake.remove(delivery)) {
                session.giveBack(delivery, Duration.ZERO);
            }
        } else if (arrival == Arrival.NEWS) {
            session.listener.jobsWaiting(queue);
        }
    }

    /** A server that was killed delivers what it has forgotten: this session runs it, or has settled it. */
    private void forgotten(Shelf band, Delivery delivery, long pending, boolean stays) {
        if (session.held.hasSettled(delivery)) {
            session.acknowledgeAgain(delivery);
        }
        band.intake.passed(band, pending, stays);
        session.listener.jobsWaiting(band.intake.queue);
    }

    /** A key of the control bucket has changed. */
    void controlChanged(String key) {
        if (!key.startsWith(Roster.PAUSE)) {
            return;
        }
        String queue = Names.name(key.substring(Roster.PAUSE.length()));
        session.listener.beatNow();
        for (Intake intake : intakes) {
            if (intake.queue.equals(queue)) {
                if (!session.store.roster().isPaused(queue)) {
                    session.listener.jobsWaiting(queue);
                }
            }
        }
    }

    // ---- questions

    private void asked(Message message) {
        String inbox = message.getReplyTo();
        if (inbox == null) {
            heard(message);
            return;
        }
        if (session.isClosed()) {
            return;
        }
        try {
            JsonNode question = Wire.read(message.getData());
            connection.publish(inbox, answer(question).toString().getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            LOG.debug("a question could not be answered", e);
        }
    }

    private ObjectNode answer(JsonNode question) {
        ObjectNode answer =
                Wire.JSON.createObjectNode().put("worker", session.worker).put("name", session.card.name());
        long id = question.path("id").asLong();
        switch (question.path("ask").asText()) {
            case "held" -> session.held.all().forEach(delivery -> describe(answer, delivery));
            case "settled" -> settled(answer, question.path("messages"));
            case "find" -> describe(answer, session.held.get(id));
            case "cancel" -> answer.put("running", letGo(id, true));
            case "withhold" -> answer.put("running", letGo(id, false));
            case "allow" -> session.held.allow(id);
            default -> LOG.debug("asked something unknown: {}", question);
        }
        return answer;
    }

    private void settled(ObjectNode answer, JsonNode messages) {
        ArrayNode settled = answer.putArray("settled");
        for (Map.Entry<String, JsonNode> message : messages.properties()) {
            long id = Long.parseLong(message.getKey());
            if (session.held.hasSettled(id, message.getValue().asLong())) {
                settled.add(id);
            }
        }
    }

    private void describe(ObjectNode answer, @Nullable Delivery delivery) {
        Instant started = delivery == null ? null : delivery.startedAt;
        if (delivery == null || started == null) {
            return;
        }
        ObjectNode job = answer.withArray("jobs")
                .addObject()
                .put("id", delivery.id())
                .put("subject", subject(delivery.entry))
                .put("attempt", delivery.attempt)
                .put("started", started.toString());
        Double progress = delivery.progress;
        if (progress != null) {
            job.put("progress", progress);
        }
        if (delivery.message != null) {
            job.put("message", delivery.message);
        }
    }

    private String subject(Entry entry) {
        return session.store.names().work(entry.made().queue(), entry.made().priority(), entry.id());
    }

    /** {@return whether the job runs here} */
    private boolean letGo(long id, boolean cancel) {
        Delivery delivery = session.held.get(id);
        if (delivery != null && !delivery.from.intake.remove(delivery)) {
            if (cancel) {
                delivery.cancelWanted = true;
                session.listener.cancelled(id);
            }
            return true;
        }
        if (delivery != null) {
            session.held.remove(delivery);
        }
        session.held.withhold(id);
        return false;
    }
}
