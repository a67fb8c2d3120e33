package io.betrue.staticfiles;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came back.
 *
 * @param headers the lines {@code Name: value}, as they came
 * @param body the body, a character for each byte
 */
record Answer(int status, List<String> headers, String body) {
    List<String> all(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** {@return the value of a field, or {@code -} if it is not there} */
    String header(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "-" : String.join(" | ", all);
    }

    /** {@return all fields but those of the connection, by name, so that answers can be compared} */
    SortedMap<String, String> fields() {
        SortedMap<String, String> fields = new TreeMap<>();
        for (String line : headers) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            if (!name.equals("date") && !name.equals("connection")) {
                fields.merge(name, line.substring(name.length() + 1).strip(), (a, b) -> a + " | " + b);
            }
        }
        return fields;
    }
}
