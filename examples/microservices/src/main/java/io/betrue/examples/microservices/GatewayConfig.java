package io.betrue.examples.microservices;

import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.CallsConfig;
import io.betrue.examples.wallet.GatewaysConfig;
import io.betrue.examples.wallet.HttpConfig;
import io.betrue.examples.wallet.LoggingConfig;
import io.betrue.examples.wallet.telemetry.TelemetryConfig;

/** The settings of {@code gateway}. */
public final class GatewayConfig extends ConfigSet {
    final HttpConfig http = group(HttpConfig::new);
    final CallsConfig calls = group(CallsConfig::new);
    final GatewaysConfig gateways = group(GatewaysConfig::new);
    final TokenConfig tokens = group(TokenConfig::new);
    final NatsConfig nats = group(NatsConfig::new);
    final LoggingConfig logging = group(LoggingConfig::new);
    final TelemetryConfig telemetry = group(TelemetryConfig::new);

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public GatewayConfig(Environment env) {
        super(env);
    }
}
