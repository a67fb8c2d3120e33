package io.betrue.examples.microservices;

import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.LoggingConfig;

/** The settings of {@code migrate}. */
public final class MigrateConfig extends ConfigSet {
    final StoreConfig accounts = group("ACCOUNTS", StoreConfig::new);
    final StoreConfig ledger = group("LEDGER", StoreConfig::new);
    final StoreConfig chat = group("CHAT", StoreConfig::new);
    final StoreConfig files = group("FILES", StoreConfig::new);
    final LoggingConfig logging = group(LoggingConfig::new);

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public MigrateConfig(Environment env) {
        super(env);
    }
}
