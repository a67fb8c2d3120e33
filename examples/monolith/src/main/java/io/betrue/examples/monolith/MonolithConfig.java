package io.betrue.examples.monolith;

import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.AccountsConfig;
import io.betrue.examples.wallet.CallsConfig;
import io.betrue.examples.wallet.CodesConfig;
import io.betrue.examples.wallet.FilesConfig;
import io.betrue.examples.wallet.HttpConfig;
import io.betrue.examples.wallet.LettersConfig;
import io.betrue.examples.wallet.LoggingConfig;
import io.betrue.examples.wallet.OwnServersConfig;
import io.betrue.examples.wallet.telemetry.TelemetryConfig;

/** Every setting of the application; also what {@code docs/envs.md} is made from. */
public final class MonolithConfig extends ConfigSet {
    final HttpConfig http = group(HttpConfig::new);
    final CallsConfig calls = group(CallsConfig::new);
    final DatabaseConfig database = group(DatabaseConfig::new);
    final OwnServersConfig own = group(OwnServersConfig::new);
    final AccountsConfig accounts = group(AccountsConfig::new);
    final FilesConfig files = group(FilesConfig::new);
    final LettersConfig letters = group(LettersConfig::new);
    final CodesConfig codes = group(CodesConfig::new);
    final JobsConfig jobs = group(JobsConfig::new);
    final LoggingConfig logging = group(LoggingConfig::new);
    final TelemetryConfig telemetry = group(TelemetryConfig::new);

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public MonolithConfig(Environment env) {
        super(env);
    }
}
