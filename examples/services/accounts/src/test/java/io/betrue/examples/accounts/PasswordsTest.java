package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = Fixture.passwords();

    @Test
    void verifiesWhatTheReferenceProgramMade() {
        // printed by phc-winner-argon2's own tests: 2 passes, 64 MiB, 1 lane, "password", "somesalt"
        String reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        assertThat(passwords.verify(Optional.of(reference), "password")).isTrue();
        assertThat(passwords.verify(Optional.of(reference), "passwore")).isFalse();
    }

    @Test
    void verifiesItsOwnAndSaltsEach() {
        String first = passwords.hash("correct horse");
        String second = passwords.hash("correct horse");

        assertThat(first).isNotEqualTo(second).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.verify(Optional.of(first), "correct horse")).isTrue();
        assertThat(passwords.isOutdated(first)).isFalse();
    }

    @Test
    void neverVerifiesNobody() {
        assertThat(passwords.verify(Optional.empty(), "correct horse")).isFalse();
        assertThat(passwords.computations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$AAAA", "$2b$12$abc"})
    void refusesAStoredTextOfAnotherFormat(String stored) {
        assertThatThrownBy(() -> passwords.verify(Optional.of(stored), "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("$argon2id$");
    }

    @Test
    void refusesACostBelowTheFloor() {
        assertThatThrownBy(() -> new PasswordOptions(19 * 1024 - 1, 2, 1, 1, Duration.ZERO))
                .hasMessage("memoryKib must be 19456..1048576, was 19455");
        assertThatThrownBy(() -> new PasswordOptions(19 * 1024, 1, 1, 1, Duration.ZERO))
                .hasMessage("passes must be 2..64, was 1");
    }

    @Test
    void saysUnavailableWhenAllTurnsAreTaken() throws Exception {
        Passwords one =
                new Passwords(new PasswordOptions(19 * 1024, 2, 1, 1, Duration.ofMillis(20)), new SecureRandom());
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Future<Boolean> first = executor.submit(() -> one.inTurn(() -> {
            inside.countDown();
            return await(leave);
        }));
        inside.await();

        assertThat(problemOf(() -> one.inTurn(() -> "second")).code().name()).isEqualTo("UNAVAILABLE");
        leave.countDown();
        assertThat(first.get()).isTrue();
        assertThat(one.inTurn(() -> "third")).isEqualTo("third");
        executor.shutdown();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
