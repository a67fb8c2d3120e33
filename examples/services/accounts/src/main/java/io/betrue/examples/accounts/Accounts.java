package io.betrue.examples.accounts;

import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;

/** Registers users and signs them in. Safe for use by multiple threads. */
@SuppressWarnings("DoNotCallSuggester")
public final class Accounts {
    /**
     * Keeps users in a database that {@link AccountsMigrations} has prepared.
     *
     * @param dataSource where connections come from; stays the caller's to close
     * @param options tokens and passwords
     * @param clock what time it is
     * @param random where salts and token ids come from
     */
    public Accounts(DataSource dataSource, AccountsOptions options, Clock clock, SecureRandom random) {}

    /**
     * Makes an account.
     *
     * @param register the address and the password
     * @return the new user
     */
    public Registered register(Register register) {
        throw new UnsupportedOperationException();
    }

    /**
     * Exchanges an address and a password for a token.
     *
     * @param signIn the address and the password
     * @return the token
     */
    public SignedIn signIn(SignIn signIn) {
        throw new UnsupportedOperationException();
    }
}
