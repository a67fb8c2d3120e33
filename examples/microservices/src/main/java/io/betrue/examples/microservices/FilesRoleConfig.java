package io.betrue.examples.microservices;

import io.betrue.config.Environment;
import io.betrue.examples.wallet.FilesConfig;

/** The settings of {@code files}. */
public final class FilesRoleConfig extends ServiceConfig {
    final TokenConfig tokens = group(TokenConfig::new);
    final BytesConfig bytes = group(BytesConfig::new);
    final FilesConfig files = group(FilesConfig::new);

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public FilesRoleConfig(Environment env) {
        super(env);
    }

    @Override
    byte[] tokenSecret() {
        return tokens.secret;
    }
}
