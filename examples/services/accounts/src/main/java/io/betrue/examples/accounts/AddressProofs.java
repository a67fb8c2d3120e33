package io.betrue.examples.accounts;

import io.betrue.errors.ProblemException;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.ResetPassword;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do with the codes of their letters: open an account, and set a new password, because the address is theirs. Safe for use by multiple threads. */
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

    /** Orders a letter if the address has not had too many, and tells nobody, see {@link Accounts#register} and {@link Accounts#recover}. */
    void order(Purpose purpose, String email) {
        database.use(handle -> {
            if (letters.take(handle, purpose, email, clock.instant())) {
                Letters.order(handle, jobs, purpose, email);
            }
        });
    }

    /** Opens an account, see {@link Accounts#confirm}; {@return its user} */
    Users.User confirm(Users.User user, @Nullable String code) {
        Instant now = user.registeredAt();
        return codes.use(user.email(), Purpose.CONFIRMATION, code, now, handle -> {
                    Optional<Users.User> opened = Users.addConfirmed(handle, user);
                    opened.ifPresent(known -> Sessions.endAll(handle, known.id(), null)); // those of before
                    return opened;
                })
                .orElseThrow(AddressProofs::invalid);
    }

    /** Sets a new password, see {@link Accounts#resetPassword}; {@return the address} */
    String resetPassword(ResetPassword reset) {
        Credentials credentials = Credentials.of(reset);
        String hash = passwords.inTurn(() -> passwords.hash(credentials.password()));
        Instant now = clock.instant();
        return codes.use(credentials.email(), Purpose.RECOVERY, reset.code(), now, handle -> {
                    Optional<Users.User> known = Users.find(handle, credentials.email());
                    known.ifPresent(user -> {
                        Users.recover(handle, user.id(), hash, now);
                        Sessions.endAll(handle, user.id(), null);
                    });
                    return known.map(Users.User::email);
                })
                .orElseThrow(AddressProofs::invalid);
    }

    static ProblemException invalid() {
        return AccountsError.INVALID_CODE.problem().toException();
    }
}
