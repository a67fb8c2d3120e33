package io.betrue.examples.accounts;

import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.Recover;
import io.betrue.examples.accounts.api.ResetPassword;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What users do with the codes of their letters: show that an address is theirs, and set a new password because it is. Safe for use by multiple threads. */
final class AddressProofs {
    private final Database database;
    private final LetterThrottle letters;
    private final Codes codes;
    private final Passwords passwords;
    private final TransactionalJobs jobs;
    private final Clock clock;

    AddressProofs(
            Database database,
            CodeOptions options,
            Passwords passwords,
            TransactionalJobs jobs,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.letters = new LetterThrottle(options);
        this.codes = new Codes(database, options, random);
        this.passwords = passwords;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Orders the letter of a registration in its transaction; it counts, so that the next one has to wait. */
    void welcome(Handle handle, Users.User user) {
        order(handle, Purpose.CONFIRMATION, user.email());
    }

    /** {@return how long to wait; zero if a letter was ordered} */
    private Duration order(Handle handle, Purpose purpose, String email) {
        Duration wait = letters.take(handle, purpose, email, clock.instant());
        if (wait.isZero()) {
            Letters.order(handle, jobs, purpose, email);
        }
        return wait;
    }

    /** Confirms the address of a user, see {@link Accounts#confirm}. */
    void confirm(UUID user, Confirm confirm) {
        Users.User known = unconfirmed(user);
        Instant now = clock.instant();
        String code = confirm.code() == null ? "" : confirm.code();
        if (!codes.use(known.id(), Purpose.CONFIRMATION, code, now, handle -> Users.confirm(handle, user, now))) {
            throw AccountsError.INVALID_CODE.problem().toException();
        }
    }

    /** Orders another letter, see {@link Accounts#sendCode}. */
    void sendCode(UUID user) {
        String email = unconfirmed(user).email();
        Duration wait = database.run(handle -> order(handle, Purpose.CONFIRMATION, email));
        if (!wait.isZero()) {
            throw StandardError.RATE_LIMITED.problem().retryAfter(wait).toException();
        }
    }

    private Users.User unconfirmed(UUID id) {
        Users.User user = database.run(handle -> Users.find(handle, id))
                .orElseThrow(() -> StandardError.UNAUTHENTICATED.problem().toException());
        if (user.confirmed()) {
            throw AccountsError.ALREADY_CONFIRMED.problem().toException();
        }
        return user;
    }

    /** Orders a letter if the address has not had too many, and tells nobody, see {@link Accounts#recover}. */
    void recover(Recover recover) {
        String email = Credentials.address(recover.email());
        database.use(handle -> order(handle, Purpose.RECOVERY, email));
    }

    /** Sets a new password, see {@link Accounts#resetPassword}; {@return the address} */
    String resetPassword(ResetPassword reset) {
        Credentials credentials = Credentials.of(reset);
        String hash = passwords.inTurn(() -> passwords.hash(credentials.password()));
        Instant now = clock.instant();
        UUID user = database.run(handle -> Users.find(handle, credentials.email()))
                .map(Users.User::id)
                .orElseGet(UUID::randomUUID); // nobody, at the same cost
        String code = reset.code() == null ? "" : reset.code();
        boolean right = codes.use(user, Purpose.RECOVERY, code, now, handle -> {
            Users.recover(handle, user, hash, now);
            Sessions.endAll(handle, user, null);
        });
        if (!right) {
            throw AccountsError.INVALID_CODE.problem().toException();
        }
        return credentials.email();
    }
}
