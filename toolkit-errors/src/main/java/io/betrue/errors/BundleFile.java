package io.betrue.errors;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One properties file of a resource bundle.
 *
 * <p>Not {@link java.util.ResourceBundle}: that one falls back to the language of the machine, which is nobody's wish on a server.
 */
final class BundleFile {
    private BundleFile() {}

    static Map<String, String> read(String base, Locale language) {
        String path = base.replace('.', '/') + "_" + language.toLanguageTag().replace('-', '_') + ".properties";
        try (InputStream file = open(path)) {
            if (file == null) {
                throw new IllegalArgumentException("bundle " + base + " has no file " + path
                        + " on the class path; add it, or open its package to all if it is in a named module");
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            Map<String, String> texts = new TreeMap<>();
            properties
                    .stringPropertyNames()
                    .forEach(key -> texts.put(key, properties.getProperty(key).strip()));
            return texts;
        } catch (IOException e) {
            throw new IllegalArgumentException("bundle file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static @Nullable InputStream open(String path) {
        InputStream own = BundleFile.class.getResourceAsStream("/" + path);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return own != null || context == null ? own : context.getResourceAsStream(path);
    }
}
