package io.betrue.examples.microservices;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import java.nio.file.Path;

/** Where bytes of files are unless something else is said: a folder that the processes {@code files} and {@code jobs} share. */
final class BytesConfig extends ConfigGroup {
    final Path dataDir = env("DATA_DIR")
            .describedAs("Folder that has the folder files, which files and jobs share")
            .orElse(".data")
            .asPath();

    BytesConfig(Environment env) {
        super("Data", env);
    }
}
