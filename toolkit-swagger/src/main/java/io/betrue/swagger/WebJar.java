package io.betrue.swagger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A web jar of the class path.
 *
 * @param group its group
 * @param artifact its name
 * @param version its version
 */
record WebJar(String group, String artifact, String version) {
    private static final int LARGEST = 16 * 1024 * 1024;

    /**
     * Finds a web jar, whichever version is there.
     *
     * @param known a version that is known to work, for whoever has to add it
     * @throws IllegalStateException if it is not there; the message has what to paste
     */
    static WebJar find(String group, String artifact, String known) {
        String place = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream file = open(place)) {
            if (file != null) {
                Properties properties = new Properties();
                properties.load(file);
                return new WebJar(group, artifact, properties.getProperty("version", ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be read", e);
        }
        throw new IllegalStateException("the page needs " + group + ":" + artifact
                + ", which is not on the class path; add\n<dependency>\n  <groupId>" + group
                + "</groupId>\n  <artifactId>" + artifact + "</artifactId>\n  <version>" + known
                + "</version>\n</dependency>");
    }

    /** The bytes of a file of it. */
    byte[] read(String file) {
        String place = "META-INF/resources/webjars/" + artifact + "/" + version + "/" + file;
        try (InputStream bytes = open(place)) {
            if (bytes == null) {
                throw new IllegalStateException(this + " has no " + file + "; use another version of it");
            }
            byte[] read = bytes.readNBytes(LARGEST + 1);
            if (read.length > LARGEST) {
                throw new IllegalStateException(file + " of " + this + " has more than " + LARGEST + " bytes");
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be read", e);
        }
    }

    private static @Nullable InputStream open(String place) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        InputStream found = context == null ? null : context.getResourceAsStream(place);
        return found == null ? ClassLoader.getSystemResourceAsStream(place) : found;
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
