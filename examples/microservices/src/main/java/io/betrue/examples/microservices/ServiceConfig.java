package io.betrue.examples.microservices;

import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.LoggingConfig;
import io.betrue.examples.wallet.telemetry.TelemetryConfig;

/** What every service behind the gateway has to know. */
public abstract class ServiceConfig extends ConfigSet {
    final NatsConfig nats = group(NatsConfig::new);
    final StoreConfig database = group(StoreConfig::new);
    final AnswersConfig answers = group(AnswersConfig::new);
    final ProcessConfig process = group(ProcessConfig::new);
    final LoggingConfig logging = group(LoggingConfig::new);
    final TelemetryConfig telemetry = group(TelemetryConfig::new);

    ServiceConfig(Environment env) {
        super(env);
    }

    /** {@return the key that tokens are signed with} */
    abstract byte[] tokenSecret();
}
