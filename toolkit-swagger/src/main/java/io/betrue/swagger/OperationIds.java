package io.betrue.swagger;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names for operations that stay the same as long as their method and path do, and are unique without regard to case. */
final class OperationIds {
    private final Map<String, String> owners = new HashMap<>();

    /** The name that was asked for; another one, with a warning, where it is taken. */
    String reserve(String wanted, Route route, List<String> warnings) {
        String id = free(wanted, route);
        if (!id.equals(wanted)) {
            warnings.add(route.name() + ": the operationId " + wanted + " belongs to " + owners.get(key(wanted))
                    + " already, so it is " + id);
        }
        return id;
    }

    /** A name made of the method and the path: {@code getOrdersById}. */
    String make(Route route, PathTemplate path) {
        return free(words(route, path), route);
    }

    private String free(String wanted, Route route) {
        String id = wanted;
        // the suffix depends on nothing but the route, so that no third route can change it
        for (String seed = route.name(); owners.putIfAbsent(key(id), route.name()) != null; seed += "+") {
            id = wanted + "_" + Hash.of(seed).substring(0, 6);
        }
        return id;
    }

    private static String words(Route route, PathTemplate path) {
        StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        String text = path.text().equals("/")
                ? "root"
                : path.text().replace("{", "/by-").replace("}", "/");
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c < 128 && Character.isLetterOrDigit(c);
            if (letter) {
                id.append(start ? Character.toUpperCase(c) : c);
            }
            start = !letter;
        }
        return id.length() <= 100 ? id.toString() : id.substring(0, 100);
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
