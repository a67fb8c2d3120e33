package io.betrue.examples.monolith;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import java.time.Duration;
import java.util.Optional;

/** Who may come in. */
final class AccountsConfig extends ConfigGroup {
    final Optional<byte[]> tokenSecret = env("ACCOUNTS_TOKEN_SECRET")
            .describedAs("Key that signs tokens, at least 32 bytes in base64 (openssl rand -base64 32);"
                    + " outside of prod one is generated and kept in DATA_DIR")
            .optional()
            .requiredIn("prod")
            .secret()
            .asBytes();

    final Duration tokenLifetime = env("ACCOUNTS_TOKEN_LIFETIME")
            .describedAs("How long a sign-in lasts")
            .orElse("1h")
            .between("1s", "30d")
            .asDuration();

    AccountsConfig(Environment env) {
        super("Accounts", env);
    }
}
