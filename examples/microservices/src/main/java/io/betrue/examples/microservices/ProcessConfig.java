package io.betrue.examples.microservices;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import java.time.Duration;

/** Health and end of a process that serves nothing else over HTTP. */
final class ProcessConfig extends ConfigGroup {
    final String host = env("HEALTH_HOST")
            .describedAs("Address that /health/live and /health/ready are served at; 0.0.0.0 for every interface")
            .orElse("127.0.0.1")
            .asString();

    final int port = env("HEALTH_PORT")
            .describedAs("Port that they are served at; 0 takes a free one")
            .orElse(8090)
            .asListenPort();

    final Duration stopTimeout = env("STOP_TIMEOUT")
            .describedAs("How long the end may take from SIGTERM on; then what is in flight is cut off")
            .orElse("20s")
            .between("1s", "1h")
            .asDuration();

    ProcessConfig(Environment env) {
        super("Process", env);
    }
}
