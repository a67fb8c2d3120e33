package io.betrue.examples.microservices;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;

/** How tokens are checked. */
final class TokenConfig extends ConfigGroup {
    final byte[] secret = env("ACCOUNTS_TOKEN_SECRET")
            .describedAs(
                    "Key that tokens are signed with, the same in all processes, at least 32 bytes in base64 (openssl rand -base64 32)")
            .secret()
            .asBytes();

    TokenConfig(Environment env) {
        super("Tokens", env);
    }
}
