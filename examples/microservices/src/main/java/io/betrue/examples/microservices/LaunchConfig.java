package io.betrue.examples.microservices;

import io.betrue.config.ConfigGroup;
import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import io.betrue.examples.wallet.LoggingConfig;
import io.betrue.examples.wallet.OwnServersConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The settings of {@code all}; what it starts gets its other settings from the same environment. */
public final class LaunchConfig extends ConfigSet {
    final Launcher launcher = group(Launcher::new);
    final OwnServersConfig own = group(OwnServersConfig::new);
    final LoggingConfig logging = group(LoggingConfig::new);

    /** Where the servers and processes are. */
    static final class Launcher extends ConfigGroup {
        private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

        final List<String> gatewayPorts = env("GATEWAY_PORTS")
                .describedAs("Ports of the gateways, one for each that is wanted; 0 takes a free one")
                .orElse(List.of("8080", "8081"))
                .asListOf(ValueType.matching(PORT));

        final int natsPort = env("NATS_PORT")
                .describedAs("Port of NATS on 127.0.0.1; 0 takes a free one")
                .orElse(0)
                .asListenPort();

        final OptionalInt metricsPort = env("METRICS_PORT")
                .describedAs(
                        "Port of the first process's /metrics; each further one has the next, services before gateways; 0 takes free ones; without it there are none")
                .optional()
                .asListenPort();

        final Duration startTimeout = env("START_TIMEOUT")
                .describedAs("How long each server and each process may take to be ready")
                .orElse("2m")
                .between("1s", "1h")
                .asDuration();

        final Duration stopTimeout = env("STOP_TIMEOUT")
                .describedAs("How long each process may take to end; then it is killed")
                .orElse("20s")
                .between("1s", "10m")
                .asDuration();

        final String javaOptions = env("LAUNCH_JAVA_OPTIONS")
                .describedAs("Options of the JVMs that are started, with spaces between them")
                .orElse("-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m")
                .asString();

        final Optional<byte[]> tokenSecret = env("ACCOUNTS_TOKEN_SECRET")
                .describedAs(
                        "Key that signs tokens, at least 32 bytes in base64; without it one is generated and kept in DATA_DIR")
                .optional()
                .secret()
                .asBytes();

        Launcher(Environment env) {
            super("Launcher", env);
        }
    }

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public LaunchConfig(Environment env) {
        super(env);
    }
}
