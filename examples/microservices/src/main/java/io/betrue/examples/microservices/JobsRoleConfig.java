package io.betrue.examples.microservices;

import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.CodesConfig;
import io.betrue.examples.wallet.FilesConfig;
import io.betrue.examples.wallet.LettersConfig;
import io.betrue.examples.wallet.LoggingConfig;
import io.betrue.examples.wallet.telemetry.TelemetryConfig;

/** The settings of {@code jobs}. */
public final class JobsRoleConfig extends ConfigSet {
    final StoreConfig accounts = group("ACCOUNTS", StoreConfig::new);
    final StoreConfig ledger = group("LEDGER", StoreConfig::new);
    final StoreConfig swept = group("FILES", StoreConfig::new);
    final BytesConfig bytes = group(BytesConfig::new);
    final FilesConfig files = group(FilesConfig::new);
    final LettersConfig letters = group(LettersConfig::new);
    final CodesConfig codes = group(CodesConfig::new);
    final ProcessConfig process = group(ProcessConfig::new);
    final LoggingConfig logging = group(LoggingConfig::new);
    final TelemetryConfig telemetry = group(TelemetryConfig::new);

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public JobsRoleConfig(Environment env) {
        super(env);
    }
}
