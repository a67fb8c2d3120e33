package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The web server and its end. */
public final class HttpConfig extends ConfigGroup {
    public final String host = env("HTTP_HOST")
            .describedAs("Address the web server binds to; 0.0.0.0 for every interface")
            .orElse("127.0.0.1")
            .asString();

    public final int port = env("HTTP_PORT")
            .describedAs("Port the web server binds to; 0 takes a free one")
            .orElse(8080)
            .asListenPort();

    public final int maxConnections = env("HTTP_MAX_CONNECTIONS")
            .describedAs("Open connections at most; further ones wait until one closes")
            .orElse(1024)
            .between(1, 100_000)
            .asInt();

    public final Optional<Path> webDir = env("WEB_DIR")
            .describedAs("Folder of the pages, watched for changes; without it they come from the application's jar")
            .optional()
            .asPath();

    public final Duration stopPause = env("STOP_PAUSE")
            .describedAs("How long new requests are still taken after SIGTERM, while /health/ready already says 503")
            .orElse("0s")
            .between("0s", "10m")
            .asDuration();

    public final Duration stopTimeout = env("STOP_TIMEOUT")
            .describedAs("How long the end may take from SIGTERM on; then requests in flight are cut off")
            .orElse("20s")
            .between("1s", "1h")
            .asDuration();

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public HttpConfig(Environment env) {
        super("Web server", env);
        rule(
                "STOP_PAUSE must be shorter than STOP_TIMEOUT",
                () -> stopPause.compareTo(stopTimeout) < 0,
                "STOP_PAUSE",
                "STOP_TIMEOUT");
    }
}
