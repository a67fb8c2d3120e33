package io.betrue.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of one file with nested keys, by variable name. */
final class SettingsTree {
    private final String file;
    private final List<ConfigFault> faults;
    private final Map<String, Raw> values = new LinkedHashMap<>();

    SettingsTree(String file, List<ConfigFault> faults) {
        this.file = file;
        this.faults = faults;
    }

    static ConfigFault fault(String origin, String problem) {
        return new ConfigFault("Sources", origin, problem, null, origin, null);
    }

    Map<String, Raw> values() {
        return values;
    }

    void put(String key, int line, String text) {
        put(key, line, Raw.of(text, origin(line)));
    }

    void put(String key, int line, List<String> elements) {
        put(key, line, Raw.list(elements, origin(line)));
    }

    void fault(int line, String problem) {
        faults.add(fault(origin(line), problem));
    }

    private void put(String key, int line, Raw raw) {
        String name = Names.fromKey(key);
        if (!Names.isValid(name)) {
            fault(line, "the key " + Display.cut(key, 60) + " gives no variable name");
            return;
        }
        Raw earlier = values.putIfAbsent(name, raw);
        if (earlier != null) {
            fault(line, "the key " + key + " is " + name + ", which " + earlier.origin() + " already has");
        }
    }

    private String origin(int line) {
        return file + ":" + line;
    }
}
