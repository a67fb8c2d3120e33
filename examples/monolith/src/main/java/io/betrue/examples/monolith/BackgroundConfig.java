package io.betrue.examples.monolith;

import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.CodesConfig;
import io.betrue.examples.wallet.FilesConfig;
import io.betrue.examples.wallet.LettersConfig;
import io.betrue.examples.wallet.OwnServersConfig;
import io.betrue.examples.wallet.telemetry.TelemetryConfig;

/** What the work in the background needs to know, in a process of its own. */
final class BackgroundConfig extends ConfigSet {
    final OwnServersConfig own = group(OwnServersConfig::new); // for DATA_DIR
    final FilesConfig files = group(FilesConfig::new);
    final LettersConfig letters = group(LettersConfig::new);
    final CodesConfig codes = group(CodesConfig::new);
    final TelemetryConfig telemetry = group(TelemetryConfig::new);

    BackgroundConfig(Environment env) {
        super(env);
    }
}
