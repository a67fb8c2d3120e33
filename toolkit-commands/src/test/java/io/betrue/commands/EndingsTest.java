package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens at deadlines while code that is told of them blocks. */
class EndingsTest {
    private static final CommandType<Nothing, Nothing> LONG =
            CommandType.of("long", Nothing.class, Nothing.class).open();
    private static final CommandType<Nothing, Nothing> DEAF =
            CommandType.of("deaf", Nothing.class, Nothing.class).open();

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch listening = new CountDownLatch(1);
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final Commands commands = Commands.of(c -> c.stopTimeout(Duration.ofSeconds(5))
            .handle(LONG, (context, nothing) -> {
                await(end);
                return nothing;
            })
            .handle(DEAF, (context, nothing) -> {
                context.onCancel(this::block);
                listening.countDown();
                await(end);
                return nothing;
            }));

    private void block() {
        blocked.countDown();
        await(end);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        end.countDown();
        commands.close();
    }

    private CompletionStage<Reply<Nothing>> begin(CommandType<Nothing, Nothing> type, Duration timeout) {
        return commands.client().timeout(timeout).send(type, Nothing.NOTHING);
    }

    private void anotherEndsInTime() {
        await(blocked);
        CompletionStage<Reply<Nothing>> other = begin(LONG, Duration.ofMillis(100));
        assertThatThrownBy(() -> other.toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.code()).isEqualTo(StandardError.DEADLINE_EXCEEDED));
    }

    @Test
    void aListenerThatBlocksHoldsUpNoOtherDeadline() {
        var unused = begin(DEAF, Duration.ofMillis(100));
        anotherEndsInTime();
    }

    @Test
    void aCallerThatBlocksHoldsUpNoOtherDeadline() {
        var unused = begin(LONG, Duration.ofMillis(100)).whenComplete((reply, late) -> block());
        anotherEndsInTime();
    }

    @Test
    void aListenerThatBlocksDoesNotHoldUpWhoCancels() {
        Cancellation token = new Cancellation();
        CompletionStage<Reply<Nothing>> call =
                commands.client().cancellation(token).send(DEAF, Nothing.NOTHING);
        await(listening);
        assertThat(token.cancel()).isTrue(); // in this thread
        await(blocked);
        assertThatThrownBy(() -> call.toCompletableFuture().get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
    }
}
