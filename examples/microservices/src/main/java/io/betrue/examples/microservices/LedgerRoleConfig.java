package io.betrue.examples.microservices;

import io.betrue.config.Environment;

/** The settings of {@code ledger}. */
public final class LedgerRoleConfig extends ServiceConfig {
    final TokenConfig tokens = group(TokenConfig::new);

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public LedgerRoleConfig(Environment env) {
        super(env);
    }

    @Override
    byte[] tokenSecret() {
        return tokens.secret;
    }
}
