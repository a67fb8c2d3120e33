package io.betrue.jobs.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar, which Maven writes into it. */
final class Version implements IVersionProvider {
    private static final String FILE = "/META-INF/maven/io.betrue/toolkit-jobs/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            if (in != null) {
                properties.load(in);
            }
        }
        return new String[] {"toolkit-jobs " + properties.getProperty("version", "of an unknown version")};
    }
}
