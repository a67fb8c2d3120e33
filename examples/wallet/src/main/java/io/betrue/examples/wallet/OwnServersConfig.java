package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import java.nio.file.Path;

/** Servers that the application starts itself, and what it keeps. */
public final class OwnServersConfig extends ConfigGroup {
    public final Path dataDir = env("DATA_DIR")
            .describedAs("Folder of the application's own servers and of generated secrets")
            .orElse(".data")
            .asPath();

    public final int postgresPort = env("DATABASE_EMBEDDED_PORT")
            .describedAs("Port of the application's own PostgreSQL on 127.0.0.1; 0 takes a free one")
            .orElse(0)
            .asListenPort();

    /**
     * Reads every setting.
     *
     * @param env where they come from
     */
    public OwnServersConfig(Environment env) {
        super("Own servers", env);
    }
}
