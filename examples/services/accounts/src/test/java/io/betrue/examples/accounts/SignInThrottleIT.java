package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.codeOf;
import static io.betrue.examples.accounts.Fixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.examples.accounts.Fixture.StandingClock;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.SignIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInThrottleIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private static final String PASSWORD = "correct horse";

    private final StandingClock clock = new StandingClock();
    private final Passwords passwords = Fixture.passwords();
    private final Accounts accounts = DATABASE.accounts(passwords, clock);
    private final SignInThrottle throttle = new SignInThrottle(new Database(DATABASE.dataSource()), clock);
    private final String email = "user-" + UUID.randomUUID() + "@example.org";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void slowsAnAddressDownAfterFiveFailuresWhetherThereIsAnAccountOrNot(boolean exists) {
        if (exists) {
            accounts.confirm(new Confirm(email, "ANY", PASSWORD));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(fail()).isEqualTo("INVALID_CREDENTIALS");
        }
        long computed = passwords.computations();

        Problem problem = problemOf(() -> accounts.signIn(new SignIn(email, PASSWORD)));

        assertThat(problem.code().name()).isEqualTo("RATE_LIMITED");
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(passwords.computations()).isEqualTo(computed);
        clock.advance(Duration.ofSeconds(1));
        assertThat(fail()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(problemOf(() -> accounts.signIn(new SignIn(email, PASSWORD))).retryAfter())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void doublesTheWaitUpToFifteenMinutes() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            throttle.claim(email);
            waits.add(wait(email));
            clock.advance(Duration.ofSeconds(waits.get(i)));
        }

        assertThat(waits)
                .containsExactly(
                        0L, 0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L, 900L);
    }

    @Test
    void startsAnewAfterASuccess() {
        accounts.confirm(new Confirm(email, "ANY", PASSWORD));
        for (int i = 0; i < 4; i++) {
            fail();
        }
        assertThat(accounts.signIn(new SignIn(email, PASSWORD)).token()).isNotEmpty();

        for (int i = 0; i < 5; i++) {
            assertThat(fail()).isEqualTo("INVALID_CREDENTIALS");
        }
        assertThat(fail()).isEqualTo("RATE_LIMITED");
    }

    @Test
    void remembersOverRestartsAndInstances() {
        for (int i = 0; i < 5; i++) {
            fail();
        }

        assertThat(codeOf(() -> DATABASE.accounts(Fixture.passwords(), clock).signIn(new SignIn(email, PASSWORD))))
                .isEqualTo("RATE_LIMITED");
    }

    @Test
    void forgetsAfterTwoHours() {
        for (int i = 0; i < 5; i++) {
            throttle.claim(email);
        }
        clock.advance(Duration.ofHours(2).plusSeconds(1));
        throttle.claim(email);

        assertThat(wait(email)).isZero();
    }

    @Test
    void clearsForgottenAttemptsAway() {
        for (int i = 0; i < 25; i++) {
            throttle.claim("old-" + i + email);
        }
        int before = rows();
        clock.advance(Duration.ofHours(3));
        for (int i = 0; i < 3; i++) {
            throttle.claim("new-" + i + email);
        }

        assertThat(rows()).isLessThanOrEqualTo(before + 3 - 25);
    }

    @Test
    void letsNoMoreThanFiveOfFiftyParallelGuessesThrough() throws Exception {
        accounts.confirm(new Confirm(email, "ANY", PASSWORD));
        long before = passwords.computations();
        ExecutorService executor = Executors.newFixedThreadPool(50);
        List<Future<String>> guesses = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            guesses.add(executor.submit(this::fail));
        }
        List<String> codes = new ArrayList<>();
        for (Future<String> guess : guesses) {
            codes.add(guess.get());
        }
        executor.shutdown();

        assertThat(Collections.frequency(codes, "INVALID_CREDENTIALS")).isEqualTo(5);
        assertThat(Collections.frequency(codes, "RATE_LIMITED")).isEqualTo(45);
        assertThat(passwords.computations()).isEqualTo(before + 5);
    }

    private String fail() {
        return codeOf(() -> accounts.signIn(new SignIn(email, "wrong horse")));
    }

    private long wait(String address) {
        try {
            throttle.refuseIfBlocked(address);
            return 0;
        } catch (ProblemException e) {
            Duration wait = e.problem().retryAfter();
            assertThat(wait).isNotNull();
            return wait == null ? 0 : wait.toSeconds();
        }
    }

    private static int rows() {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from accounts.sign_in_attempts")
                        .mapTo(Integer.class)
                        .one());
    }
}
