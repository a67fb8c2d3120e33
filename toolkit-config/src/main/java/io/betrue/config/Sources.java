package io.betrue.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the sources of an environment hold, in their order. */
final class Sources {
    /** What a variable ends with that names the file of another. */
    static final String FILE = "_FILE";

    private final Map<String, String> overrides;
    private final Map<String, String> variables;
    private final Map<String, Raw> dotEnv = new LinkedHashMap<>();
    private final Map<String, Raw> files = new LinkedHashMap<>();
    private final List<Path> secretDirectories = new ArrayList<>();
    private final List<ConfigFault> faults = new ArrayList<>();
    private final Map<String, Raw> pointers = new HashMap<>();

    private Sources(Map<String, String> overrides, Map<String, String> variables) {
        this.overrides = overrides;
        this.variables = variables;
    }

    static Sources none() {
        return new Sources(Map.of(), Map.of());
    }

    static Sources read(Environment env) {
        Sources sources = new Sources(env.overrides(), env.variables());
        for (Path directory : env.secretDirectories()) {
            if (Files.isDirectory(directory)) {
                sources.secretDirectories.add(0, directory);
            } else if (Files.exists(directory)) {
                sources.faults.add(SettingsTree.fault(directory.toString(), "is not a directory of secret files"));
            }
        }
        for (Path file : env.dotEnvFiles()) {
            if (Files.exists(file)) {
                sources.addDotEnv(file);
            }
        }
        for (Environment.SettingsFile file : env.files()) {
            sources.addFile(file);
        }
        sources.addPointers();
        return sources;
    }

    // Few variables are called …_FILE: found once, so that not every setting has to ask for one.
    private void addPointers() {
        for (Map.Entry<String, Raw> entry : dotEnv.entrySet()) {
            addPointer(entry.getKey(), entry.getValue());
        }
        for (Map.Entry<String, String> entry : variables.entrySet()) {
            if (entry.getKey().endsWith(FILE)) {
                addPointer(entry.getKey(), Raw.of(entry.getValue(), "environment"));
            }
        }
    }

    private void addPointer(String name, Raw raw) {
        if (name.endsWith(FILE) && !raw.text().isBlank()) {
            pointers.put(name.substring(0, name.length() - FILE.length()), raw);
        }
    }

    private void addDotEnv(Path file) {
        try {
            dotEnv.putAll(new DotEnvFile(file.toString(), TextFile.read(file), faults).values());
        } catch (Refusal refusal) {
            faults.add(SettingsTree.fault(file.toString(), refusal.reason()));
        }
    }

    private void addFile(Environment.SettingsFile file) {
        String name = file.path().toString();
        try {
            SettingsTree tree = new SettingsTree(name, faults);
            String text = TextFile.read(file.path());
            if (file.yaml()) {
                YamlFile.read(text, tree);
            } else {
                PropertiesFile.read(text, tree);
            }
            files.putAll(tree.values());
        } catch (Refusal refusal) {
            faults.add(SettingsTree.fault(name, refusal.reason()));
        } catch (NoClassDefFoundError missing) {
            faults.add(SettingsTree.fault(
                    name,
                    "needs a YAML parser on the class path: add org.snakeyaml:snakeyaml-engine:" + YamlFile.VERSION));
        }
    }

    /** {@return what is wrong with the files themselves} */
    List<ConfigFault> faults() {
        return faults;
    }

    /** {@return the value for a setting, or null; sets the setting's problem when a file or two sources are at fault} */
    @Nullable
    Raw find(Spec spec) {
        Raw override = taken(spec, override(spec.name));
        if (override != null) {
            return override;
        }
        Raw variable = taken(spec, variable(spec.name));
        Raw inDotEnv = taken(spec, dotEnv.get(spec.name));
        Raw pointer = spec.fileVariable ? pointers.get(spec.name) : null;
        if (pointer != null) {
            return fromPointer(spec, pointer, variable == null ? inDotEnv : variable);
        }
        if (variable != null) {
            return variable;
        }
        try {
            Raw secret = taken(spec, secretFile(spec.name));
            if (secret != null) {
                return secret;
            }
        } catch (Refusal refusal) {
            spec.problem = refusal.reason();
            return null;
        }
        return inDotEnv != null ? inDotEnv : taken(spec, files.get(spec.name));
    }

    private static @Nullable Raw fromPointer(Spec spec, Raw pointer, @Nullable Raw twin) {
        if (twin != null) {
            spec.problem = "is set twice, by " + spec.name + " (" + twin.origin() + ") and by " + spec.name + "_FILE ("
                    + pointer.origin() + "): keep one";
            return twin;
        }
        try {
            return taken(spec, content(spec.name, pointer, spec.isSecret()));
        } catch (Refusal refusal) {
            spec.problem = refusal.reason();
            spec.emptyOrigin = spec.name + "_FILE (" + pointer.origin() + ")";
            return null;
        }
    }

    /** {@return whatever a reference to a name gives, or null} */
    @Nullable
    Raw any(String name) {
        Raw raw = override(name);
        raw = raw == null ? variable(name) : raw;
        Raw pointer = raw == null ? pointers.get(name) : null;
        raw = pointer == null ? raw : content(name, pointer, true);
        raw = raw == null ? secretFile(name) : raw;
        raw = raw == null ? dotEnv.get(name) : raw;
        return raw == null ? files.get(name) : raw;
    }

    // An empty text counts as unset, except where the setting takes it as a value.
    private static @Nullable Raw taken(Spec spec, @Nullable Raw raw) {
        if (raw == null || raw.elements() != null || spec.allowEmpty) {
            return raw;
        }
        boolean empty = spec.isTextual() ? raw.text().isEmpty() : raw.text().isBlank();
        if (empty && spec.emptyOrigin.isEmpty()) {
            spec.emptyOrigin = raw.origin();
        }
        return empty ? null : raw;
    }

    private @Nullable Raw override(String name) {
        String text = overrides.get(name);
        return text == null ? null : Raw.of(text, "override in code");
    }

    private @Nullable Raw variable(String name) {
        String text = variables.get(name);
        return text == null ? null : Raw.of(text, "environment");
    }

    private static Raw content(String name, Raw pointer, boolean secret) {
        try {
            Path file = Path.of(pointer.text().strip());
            String text = TextFile.withoutLastLineEnd(TextFile.read(file));
            return new Raw(text, null, file.toString(), true);
        } catch (Refusal refusal) {
            // Who sets PASSWORD_FILE to the password itself must not find it in the log.
            boolean shown = !secret || pointer.text().strip().startsWith("/");
            String path = shown ? Display.cut(pointer.text(), 200) + " " : "";
            throw new Refusal("cannot be read: the file " + path + "that " + name + "_FILE names " + refusal.reason());
        } catch (InvalidPathException e) {
            throw new Refusal("cannot be read: " + name + "_FILE is not a path");
        }
    }

    private @Nullable Raw secretFile(String name) {
        for (Path directory : secretDirectories) {
            Path file = directory.resolve(name);
            if (!Files.isRegularFile(file)) {
                file = directory.resolve(name.toLowerCase(Locale.ROOT));
            }
            if (Files.isRegularFile(file)) {
                try {
                    return new Raw(TextFile.withoutLastLineEnd(TextFile.read(file)), null, file.toString(), true);
                } catch (Refusal refusal) {
                    throw new Refusal("cannot be read: the file " + file + " " + refusal.reason());
                }
            }
        }
        return null;
    }

    Set<String> overrideNames() {
        return overrides.keySet();
    }

    /** {@return every variable that is set in the process or a file, with its origin} */
    Map<String, String> origins() {
        Map<String, String> origins = new LinkedHashMap<>();
        for (Map.Entry<String, Raw> entry : files.entrySet()) {
            origins.put(entry.getKey(), entry.getValue().origin());
        }
        for (Map.Entry<String, Raw> entry : dotEnv.entrySet()) {
            origins.put(entry.getKey(), entry.getValue().origin());
        }
        for (String name : variables.keySet()) { // no lambdas: a clean start comes here too
            origins.put(name, "environment");
        }
        return origins;
    }

    /** {@return whether a variable is the address of a neighbour, as Kubernetes and Docker put it into the environment} */
    boolean isServiceLink(String name) {
        String value = variables.get(name);
        if (value == null) {
            return false;
        }
        return name.endsWith("_SERVICE_HOST")
                || name.endsWith("_SERVICE_PORT")
                || name.contains("_SERVICE_PORT_")
                || (name.contains("_PORT") && (value.startsWith("tcp://") || value.startsWith("udp://")))
                || (name.contains("_PORT_") && ServiceLink.PATTERN.matcher(name).matches());
    }

    /** Compiled on first use only. */
    private static final class ServiceLink {
        static final java.util.regex.Pattern PATTERN =
                java.util.regex.Pattern.compile(".*_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");
    }
}
