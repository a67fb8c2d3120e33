package io.betrue.examples.accounts;

import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.Registered;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Registers users and signs them in.
 *
 * <p>Every method throws a {@link io.betrue.errors.ProblemException}: {@code VALIDATION_FAILED} for what was asked, without
 * repeating it; {@code UNAVAILABLE} if the database does not answer in time or too many passwords are being checked.
 * Safe for use by multiple threads.
 */
public final class Accounts {
    private final Users users;
    private final SignInThrottle throttle;
    private final Passwords passwords;
    private final Tokens tokens;
    private final Clock clock;

    /**
     * Keeps users in a database that {@link AccountsMigrations} has prepared.
     *
     * @param dataSource where connections come from; stays the caller's to close
     * @param options tokens and passwords
     * @param clock what time it is
     * @param random where salts and token ids come from
     */
    public Accounts(DataSource dataSource, AccountsOptions options, Clock clock, SecureRandom random) {
        this(
                new Database(dataSource),
                new Passwords(options.passwords(), random),
                new Tokens(options.tokens(), clock, random),
                clock);
    }

    Accounts(Database database, Passwords passwords, Tokens tokens, Clock clock) {
        this.users = new Users(database);
        this.throttle = new SignInThrottle(database, clock);
        this.passwords = passwords;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Makes an account.
     *
     * @param register the address and the password
     * @return the new user
     * @throws io.betrue.errors.ProblemException also with {@code EMAIL_TAKEN}
     */
    public Registered register(Register register) {
        Credentials credentials = Credentials.of(register);
        String hash = passwords.inTurn(() -> passwords.hash(credentials.password()));
        UUID id = UUID.randomUUID();
        if (!users.add(new Users.User(id, hash), credentials.email(), clock.instant())) {
            throw AccountsError.EMAIL_TAKEN.problem().toException();
        }
        return new Registered(id);
    }

    /**
     * Exchanges an address and a password for a token. An address without an account takes the same steps as one with a
     * wrong password.
     *
     * @param signIn the address and the password
     * @return the token
     * @throws io.betrue.errors.ProblemException also with {@code INVALID_CREDENTIALS}, or {@code RATE_LIMITED} for a while
     *     after five attempts on the address without success
     */
    public SignedIn signIn(SignIn signIn) {
        Credentials credentials = Credentials.of(signIn);
        throttle.refuseIfBlocked(credentials.email());
        UUID user = passwords.inTurn(() -> {
            throttle.claim(credentials.email());
            return authenticate(credentials);
        });
        throttle.reset(credentials.email());
        return tokens.issue(user);
    }

    /**
     * {@return whether there is such a user}
     *
     * @param id the user
     */
    public boolean exists(UUID id) {
        return users.exists(id);
    }

    private UUID authenticate(Credentials credentials) {
        Optional<Users.User> found = credentials.hasAddress() ? users.find(credentials.email()) : Optional.empty();
        boolean right = passwords.verify(found.map(Users.User::passwordHash), credentials.password());
        Users.User user = found.filter(unused -> right)
                .orElseThrow(() -> AccountsError.INVALID_CREDENTIALS.problem().toException());
        if (passwords.isOutdated(user.passwordHash())) {
            users.replaceHash(user, passwords.hash(credentials.password()));
        }
        return user.id();
    }
}
