package io.betrue.examples.microservices;

import io.betrue.config.Environment;
import io.betrue.examples.wallet.AccountsConfig;
import io.betrue.examples.wallet.CodesConfig;
import io.betrue.examples.wallet.StartException;

/** The settings of {@code accounts}. */
public final class AccountsRoleConfig extends ServiceConfig {
    final AccountsConfig accounts = group(AccountsConfig::new);
    final CodesConfig codes = group(CodesConfig::new);

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public AccountsRoleConfig(Environment env) {
        super(env);
    }

    @Override
    byte[] tokenSecret() {
        return accounts.tokenSecret.orElseThrow(() -> new StartException(
                "ACCOUNTS_TOKEN_SECRET is missing; give all processes the same key (openssl rand -base64 32)", null));
    }
}
