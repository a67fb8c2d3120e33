package io.betrue.examples.accounts;

import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.ChangePassword;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.FindUser;
import io.betrue.examples.accounts.api.FoundUser;
import io.betrue.examples.accounts.api.KnownUser;
import io.betrue.examples.accounts.api.Me;
import io.betrue.examples.accounts.api.Recover;
import io.betrue.examples.accounts.api.Refresh;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.ResetPassword;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import io.betrue.examples.accounts.api.UserQuery;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Registers users, signs them in and out, and makes sure that their addresses are theirs.
 *
 * <p>Every method throws a {@link io.betrue.errors.ProblemException}: {@code VALIDATION_FAILED} for what was asked, without
 * repeating it; {@code UNAVAILABLE} if the database does not answer in time or too many passwords are being checked.
 * Safe for use by multiple threads.
 */
public final class Accounts {
    private final Database database;
    private final SignInThrottle throttle;
    private final Passwords passwords;
    private final Sessions sessions;
    private final AddressProofs proofs;
    private final AccountsOptions options;
    private final Clock clock;

    /**
     * Keeps users in a database that {@link AccountsMigrations} has prepared.
     *
     * @param dataSource where connections come from; stays the caller's to close
     * @param options tokens, passwords, sessions, codes
     * @param jobs takes the orders of letters, which {@link Letters} sends
     * @param clock what time it is
     * @param random where salts, tokens and codes come from
     */
    public Accounts(
            DataSource dataSource, AccountsOptions options, TransactionalJobs jobs, Clock clock, SecureRandom random) {
        this(new Database(dataSource), options, new Passwords(options.passwords(), random), jobs, clock, random);
    }

    Accounts(
            Database database,
            AccountsOptions options,
            Passwords passwords,
            TransactionalJobs jobs,
            Clock clock,
            SecureRandom random) {
        this.database = database;
        this.throttle = new SignInThrottle(database, clock);
        this.passwords = passwords;
        this.sessions = new Sessions(database, new Tokens(options.tokens(), clock, random), options, clock, random);
        this.proofs = new AddressProofs(database, options.codes(), passwords, jobs, clock, random);
        this.options = options;
        this.clock = clock;
    }

    /**
     * Orders a letter to an address, if it has not had too many: with a code for a new account, or one that says that there is an account. Answer and work are the same
     * in any case: who has the address is looked up when the letter is sent.
     *
     * @param register the address
     */
    public void register(Register register) {
        String email = Credentials.address(register.email());
        if (options.confirmation() == ConfirmationMode.REQUIRED) {
            proofs.order(Purpose.CONFIRMATION, email);
        }
    }

    /**
     * Opens an account by the code of a letter, and begins a session. The code shows that the address is the user's; who had an account with it and had not shown that gets the new
     * password, and all sessions of before end. With {@link ConfirmationMode#OFF} any code will do.
     *
     * @param confirm the address, the code and a password
     * @return the session
     * @throws io.betrue.errors.ProblemException also with {@code INVALID_CODE}, which does not tell whether there is an account already
     */
    public SignedIn confirm(Confirm confirm) {
        Credentials credentials = Credentials.of(confirm);
        String hash = passwords.inTurn(() -> passwords.hash(credentials.password()));
        Users.User user = new Users.User(UUID.randomUUID(), credentials.email(), hash, false, clock.instant());
        Users.User opened = options.confirmation() == ConfirmationMode.REQUIRED
                ? proofs.confirm(user, confirm.code())
                : database.run(handle -> Users.add(handle, user)).orElseThrow(AddressProofs::invalid);
        throttle.reset(opened.email());
        return sessions.open(opened);
    }

    /**
     * Exchanges an address and a password for a session. An address without an account takes the same steps as one with a
     * wrong password.
     *
     * @param signIn the address and the password
     * @return the session
     * @throws io.betrue.errors.ProblemException also with {@code INVALID_CREDENTIALS}, or {@code RATE_LIMITED} for a while
     *     after five attempts on the address without success
     */
    public SignedIn signIn(SignIn signIn) {
        Credentials credentials = Credentials.of(signIn);
        throttle.refuseIfBlocked(credentials.email());
        Users.User user = passwords.inTurn(() -> {
            throttle.claim(credentials.email());
            return authenticate(credentials);
        });
        throttle.reset(credentials.email());
        return sessions.open(user);
    }

    private Users.User authenticate(Credentials credentials) {
        Optional<Users.User> found = credentials.hasAddress()
                ? database.run(handle -> Users.find(handle, credentials.email()))
                : Optional.empty();
        boolean right = passwords.verify(found.map(Users.User::passwordHash), credentials.password());
        Users.User user = found.filter(unused -> right)
                .orElseThrow(() -> AccountsError.INVALID_CREDENTIALS.problem().toException());
        if (passwords.isOutdated(user.passwordHash())) {
            String hash = passwords.hash(credentials.password());
            database.run(handle -> Users.replaceHash(handle, user, hash));
        }
        return user;
    }

    /**
     * Renews a session. Each refresh token is taken once; one that comes again ends its session, since two have it then.
     *
     * @param refresh the newest refresh token
     * @return the session with new tokens
     * @throws io.betrue.errors.ProblemException also with {@code INVALID_SESSION}
     */
    public SignedIn refresh(Refresh refresh) {
        return sessions.refresh(refresh.refreshToken() == null ? "" : refresh.refreshToken());
    }

    /**
     * Ends a session: it cannot be renewed any more. Its last token is believed until it expires.
     *
     * @param user whose session
     * @param session which; null for a token that belongs to none
     */
    public void signOut(UUID user, @Nullable UUID session) {
        if (session != null) {
            database.use(handle -> Sessions.end(handle, user, session));
        }
    }

    /**
     * Ends all sessions of a user. Tokens that are out are believed until they expire.
     *
     * @param user whose sessions
     */
    public void signOutEverywhere(UUID user) {
        database.use(handle -> Sessions.endAll(handle, user, null));
    }

    /**
     * Orders a letter with a code for a new password, if there is such an account and it has not had too many. Answer and work are the same in any case: who has
     * the address is looked up when the letter is sent.
     *
     * @param recover the address
     */
    public void recover(Recover recover) {
        proofs.order(Purpose.RECOVERY, Credentials.address(recover.email()));
    }

    /**
     * Sets a new password, and ends all sessions. The code shows that the address is the user's, so it is confirmed, too.
     *
     * @param reset the address, the code and the new password
     * @throws io.betrue.errors.ProblemException also with {@code INVALID_CODE}, which does not tell whether there is such an account
     */
    public void resetPassword(ResetPassword reset) {
        throttle.reset(proofs.resetPassword(reset));
    }

    /**
     * Sets a new password, and ends all other sessions.
     *
     * @param user whose password
     * @param session the session of the caller, which goes on
     * @param change the password so far and the new one
     * @throws io.betrue.errors.ProblemException also with {@code INVALID_CREDENTIALS}, or {@code RATE_LIMITED} as for a sign-in
     */
    public void changePassword(UUID user, @Nullable UUID session, ChangePassword change) {
        Users.User known = known(user);
        Credentials.Change both = Credentials.of(change, known.email());
        throttle.refuseIfBlocked(known.email());
        String hash = passwords.inTurn(() -> {
            throttle.claim(known.email());
            if (!passwords.verify(Optional.of(known.passwordHash()), both.password())) {
                throw AccountsError.INVALID_CREDENTIALS.problem().toException();
            }
            return passwords.hash(both.newPassword());
        });
        boolean changed = database.run(handle -> {
            boolean first = Users.replaceHash(handle, known, hash);
            if (first) {
                Sessions.endAll(handle, user, session);
            }
            return first;
        });
        if (!changed) { // somebody else has changed it since, so that the password so far is another
            throw AccountsError.INVALID_CREDENTIALS.problem().toException();
        }
        throttle.reset(known.email());
    }

    /**
     * {@return the account of a user}
     *
     * @param user whose
     */
    public Me me(UUID user) {
        Users.User known = known(user);
        return new Me(known.id(), known.email(), known.confirmed(), known.registeredAt());
    }

    /**
     * {@return who has an address}
     *
     * @param find the address
     * @throws io.betrue.errors.ProblemException also with {@code UNKNOWN_USER} if nobody has confirmed it
     */
    public FoundUser find(FindUser find) {
        String email = Credentials.address(find.email());
        return database.read(handle -> Users.find(handle, email))
                .filter(user -> user.confirmed() || options.confirmation() == ConfirmationMode.OFF)
                .map(user -> new FoundUser(user.id()))
                .orElseThrow(() -> AccountsError.UNKNOWN_USER.problem().toException());
    }

    /**
     * {@return whether a user's address is confirmed, for other services}
     *
     * @param query who
     * @throws io.betrue.errors.ProblemException also with {@code UNKNOWN_USER}
     */
    public KnownUser user(UserQuery query) {
        UUID id = query.userId();
        return Optional.ofNullable(id)
                .flatMap(wanted -> database.read(handle -> Users.find(handle, wanted)))
                .map(user -> new KnownUser(user.id(), user.confirmed()))
                .orElseThrow(() -> AccountsError.UNKNOWN_USER.problem().toException());
    }

    /** {@return what was chosen} */
    AccountsOptions options() {
        return options;
    }

    private Users.User known(UUID user) {
        return database.read(handle -> Users.find(handle, user))
                .orElseThrow(() -> StandardError.UNAUTHENTICATED.problem().toException());
    }
}
