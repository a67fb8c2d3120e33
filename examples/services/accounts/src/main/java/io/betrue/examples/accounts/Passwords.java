package io.betrue.examples.accounts;

import io.betrue.errors.StandardError;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Hashes and checks passwords with Argon2id (RFC 9106), a bounded number at once. Safe for use by multiple threads. */
final class Passwords {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MAXIMUM_WAITING = 1000;

    private final PasswordOptions options;
    private final SecureRandom random;
    private final Semaphore turns;
    private final PasswordHash nobody;
    private final LongAdder computations = new LongAdder();

    Passwords(PasswordOptions options, SecureRandom random) {
        this.options = options;
        this.random = random;
        this.turns = new Semaphore(options.concurrent(), true);
        this.nobody = new PasswordHash(options, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
    }

    /**
     * Waits for a turn: the memory of Argon2id is only used within one.
     *
     * @throws io.betrue.errors.ProblemException with {@code UNAVAILABLE} if the wait is too long
     */
    <R> R inTurn(Supplier<R> work) {
        if (turns.getQueueLength() >= MAXIMUM_WAITING || !acquired()) {
            throw StandardError.UNAVAILABLE
                    .problem()
                    .detail("Too many sign-ins and registrations at once.")
                    .retryAfter(Duration.ofSeconds(1))
                    .toException();
        }
        try {
            return work.get();
        } finally {
            turns.release();
        }
    }

    private boolean acquired() {
        try {
            return turns.tryAcquire(options.maximumWait().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@return the text to store for a password} */
    String hash(String password) {
        byte[] salt = randomBytes(SALT_BYTES);
        PasswordHash empty = new PasswordHash(options, salt, new byte[HASH_BYTES]);
        return new PasswordHash(options, salt, compute(empty, password)).format();
    }

    /**
     * Checks a password with one computation, also when there is nothing to check it against.
     *
     * @param stored the stored text, or empty if there is no such account
     * @return whether it is the password
     */
    boolean verify(Optional<String> stored, String password) {
        PasswordHash expected = stored.map(PasswordHash::parse).orElse(nobody);
        boolean same = MessageDigest.isEqual(expected.hash(), compute(expected, password));
        return same && stored.isPresent();
    }

    /** {@return whether a stored text was made with other costs than those of today} */
    boolean isOutdated(String stored) {
        return !PasswordHash.parse(stored).costs(options);
    }

    /** {@return how many computations there were} */
    long computations() {
        return computations.sum();
    }

    private byte[] compute(PasswordHash parameters, String password) {
        computations.increment();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(parameters.memoryKib())
                .withIterations(parameters.passes())
                .withParallelism(parameters.lanes())
                .withSalt(parameters.salt())
                .build());
        byte[] hash = new byte[parameters.hash().length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
