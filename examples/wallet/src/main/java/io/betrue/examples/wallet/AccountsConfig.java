package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.examples.accounts.ConfirmationMode;
import io.betrue.examples.accounts.SessionOptions;
import java.time.Duration;
import java.util.Optional;

/** Who may come in. */
public final class AccountsConfig extends ConfigGroup {
    public final Optional<byte[]> tokenSecret = env("ACCOUNTS_TOKEN_SECRET")
            .describedAs("Key that signs tokens, at least 32 bytes in base64 (openssl rand -base64 32);"
                    + " outside of prod one is generated and kept in DATA_DIR")
            .optional()
            .requiredIn("prod")
            .secret()
            .asBytes();

    public final Duration tokenLifetime = env("ACCOUNTS_TOKEN_LIFETIME")
            .describedAs("How long a token is believed, also after a sign-out; then the session is renewed")
            .orElse("15m")
            .between("1s", "30d")
            .asDuration();

    public final Duration sessionIdle = env("ACCOUNTS_SESSION_IDLE")
            .describedAs("How long a session lasts that is not renewed")
            .orElse("30d")
            .between("1m", "365d")
            .asDuration();

    public final Duration sessionLongest = env("ACCOUNTS_SESSION_LONGEST")
            .describedAs("How long a session lasts at most")
            .orElse("180d")
            .between("1m", "730d")
            .asDuration();

    public final int sessionsPerUser = env("ACCOUNTS_SESSIONS_PER_USER")
            .describedAs("How many sessions a user may have; a further one ends the oldest")
            .orElse(50)
            .between(1, 1000)
            .asInt();

    public final ConfirmationMode confirmation = env("ACCOUNTS_CONFIRMATION")
            .describedAs("Whether an account is opened by the code of a letter; OFF sends none and takes any code,"
                    + " which tells who has an account: for tests and closed networks")
            .orElse(ConfirmationMode.REQUIRED)
            .asEnum(ConfirmationMode.class);

    public final int callsPerMinute = env("ACCOUNTS_CALLS_PER_MINUTE")
            .describedAs(
                    "How many calls a minute a user, or an address where nobody is signed in, may make to register,"
                            + " to recover a password and to find others")
            .orElse(30)
            .between(1, 1_000_000)
            .asInt();

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public AccountsConfig(Environment env) {
        super("Accounts", env);
        rule(
                "ACCOUNTS_SESSION_LONGEST must not be shorter than ACCOUNTS_SESSION_IDLE",
                () -> sessionLongest.compareTo(sessionIdle) >= 0,
                "ACCOUNTS_SESSION_LONGEST",
                "ACCOUNTS_SESSION_IDLE");
    }

    /** {@return how long sessions last} */
    public SessionOptions sessions() {
        return new SessionOptions(sessionIdle, sessionLongest, sessionsPerUser);
    }
}
