package io.betrue.examples.microservices;

import io.betrue.config.Environment;

/** The settings of {@code chat}. */
public final class ChatRoleConfig extends ServiceConfig {
    final TokenConfig tokens = group(TokenConfig::new);

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public ChatRoleConfig(Environment env) {
        super(env);
    }

    @Override
    byte[] tokenSecret() {
        return tokens.secret;
    }
}
