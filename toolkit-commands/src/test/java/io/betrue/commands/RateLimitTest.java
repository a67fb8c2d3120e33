package io.betrue.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a rate limit remembers. */
class RateLimitTest {
    private static final int REMEMBERED = 100_000;
    private static final CommandType<Nothing, Nothing> LOOK =
            CommandType.of("shop/look", Nothing.class, Nothing.class).open();

    private final AtomicLong now = new AtomicLong();
    private final Commands commands =
            Commands.of(c -> c.intercept(RateLimit.perCaller(2, Duration.ofHours(1), now::get))
                    .handle(LOOK, (context, nothing) -> nothing));

    @AfterEach
    void close() {
        commands.close();
    }

    private boolean mayCall(String peer) {
        try {
            commands.call(Call.to("shop/look").by("http", peer).build());
            return true;
        } catch (ProblemException e) {
            assertThat(e.code()).isEqualTo(StandardError.RATE_LIMITED);
            return false;
        }
    }

    @Test
    void letsACallerDoAllAgainAfterItsTime() {
        assertThat(List.of(mayCall("a"), mayCall("a"), mayCall("a"))).containsExactly(true, true, false);
        assertThat(mayCall("b")).isTrue();
        now.addAndGet(Duration.ofMinutes(30).toNanos());
        assertThat(List.of(mayCall("a"), mayCall("a"))).containsExactly(true, false);
    }

    @Test
    void aFloodOfNamesRidsNobodyOfALimitWhoGoesOnCalling() {
        List<String> busy = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            busy.add("busy " + i);
            assertThat(mayCall("busy " + i)).isTrue();
            assertThat(mayCall("busy " + i)).isTrue();
        }
        for (int i = 0; i < 2 * REMEMBERED; i++) {
            mayCall("stranger " + i);
            if (i % 20_000 == 0) {
                assertThat(busy).noneMatch(this::mayCall);
            }
        }
    }

    @Test
    void forgetsWhoHasNotCalledWhileAllOthersDid() {
        assertThat(List.of(mayCall("a"), mayCall("a"), mayCall("a"))).containsExactly(true, true, false);
        for (int i = 0; i < REMEMBERED; i++) {
            mayCall("stranger " + i);
        }
        assertThat(mayCall("a")).isTrue();
    }
}
