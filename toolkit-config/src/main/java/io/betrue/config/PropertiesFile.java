package io.betrue.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Reads a properties file one logical line at a time, because {@link Properties} keeps no lines and hides duplicates. */
final class PropertiesFile {
    private PropertiesFile() {}

    static void read(String text, SettingsTree tree) {
        String[] lines = text.split("\r\n|\r|\n", -1);
        int at = 0;
        while (at < lines.length) {
            int first = at;
            StringBuilder logical = new StringBuilder(lines[at]);
            boolean comment = isComment(lines[at]);
            while (!comment && continues(lines[at]) && at + 1 < lines.length) {
                at++;
                logical.append('\n').append(lines[at]);
            }
            at++;
            readLine(logical.toString(), first + 1, tree);
        }
    }

    private static void readLine(String logical, int line, SettingsTree tree) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IllegalArgumentException e) {
            tree.fault(line, "has a malformed \\u escape");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringReader gives none
        }
        for (String key : one.stringPropertyNames()) {
            tree.put(key, line, one.getProperty(key));
        }
    }

    private static boolean isComment(String line) {
        String stripped = line.stripLeading();
        return stripped.startsWith("#") || stripped.startsWith("!");
    }

    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
