package io.betrue.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, and how strictly they are read.
 * <p>In order, the first that has a value wins: {@linkplain #with overrides in code}, the variables of the process, the
 * file named by {@code NAME_FILE}, a directory of secret files, a {@code .env} file, YAML and properties files, the
 * default. Within one kind the source added last wins. Nothing is read before the settings are loaded, and every file is
 * at most 1 MiB.
 * <p>Immutable: each method returns a new environment. Safe for use by multiple threads.
 */
public final class Environment {
    /** The profiles when none are named: the variable {@code APP_PROFILE}, {@code local} when it is unset. */
    private static final List<String> STANDARD_PROFILES = List.of("local", "dev", "test", "prod");

    /** A file with nested keys. */
    record SettingsFile(Path path, boolean yaml) {}

    private final Map<String, String> variables;
    private Map<String, String> overrides = Map.of();
    private List<Path> secretDirectories = List.of();
    private List<Path> dotEnvFiles = List.of();
    private List<SettingsFile> files = List.of();
    private List<String> ignored = List.of();
    private String profileVariable = "APP_PROFILE";
    private List<String> profiles = STANDARD_PROFILES;
    private boolean expanding;
    private boolean strict;

    private @Nullable Session session;
    private String context = "";
    private String title = "";

    private Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** {@return the variables of this process and nothing else} */
    public static Environment system() {
        return new Environment(System.getenv());
    }

    /**
     * Gives variables that stand in for those of the process; for tests.
     *
     * @param variables the names and values
     * @return the environment
     */
    public static Environment of(Map<String, String> variables) {
        return new Environment(new HashMap<>(variables));
    }

    /**
     * Overrides a variable in code; a name that no setting declares is a fault.
     *
     * @param name the exact variable name
     * @param value the value
     * @return a copy with the override
     */
    public Environment with(String name, String value) {
        Environment copy = copy();
        Map<String, String> more = new LinkedHashMap<>(overrides);
        more.put(name, value);
        copy.overrides = more;
        return copy;
    }

    /**
     * Adds a directory whose files are named like variables, in the same or in lower case, as container platforms mount
     * secrets. The directory may be missing.
     *
     * @param directory the directory, such as {@code /run/secrets}
     * @return a copy with the directory
     */
    public Environment withSecrets(Path directory) {
        Environment copy = copy();
        copy.secretDirectories = append(secretDirectories, directory);
        return copy;
    }

    /**
     * Adds a {@code .env} file. The file may be missing.
     *
     * @param file the file
     * @return a copy with the file
     */
    public Environment withDotEnv(Path file) {
        Environment copy = copy();
        copy.dotEnvFiles = append(dotEnvFiles, file);
        return copy;
    }

    /**
     * Adds a YAML file, which must exist; needs the library {@code org.snakeyaml:snakeyaml-engine}. A nested key is a
     * variable name: {@code http: {port: 80}} is {@code HTTP_PORT}.
     *
     * @param file the file
     * @return a copy with the file
     */
    public Environment withYaml(Path file) {
        return withFile(new SettingsFile(file, true));
    }

    /**
     * Adds a properties file, which must exist. A key is a variable name: {@code http.port} is {@code HTTP_PORT}.
     *
     * @param file the file, in UTF-8
     * @return a copy with the file
     */
    public Environment withProperties(Path file) {
        return withFile(new SettingsFile(file, false));
    }

    private Environment withFile(SettingsFile file) {
        Environment copy = copy();
        List<SettingsFile> more = new ArrayList<>(files);
        more.add(file);
        copy.files = more;
        return copy;
    }

    /**
     * Replaces references such as <code>${OTHER}</code> in values by what the sources have under that name; <code>$${</code>
     * stands for <code>${</code>. Files of secrets are taken as they are.
     *
     * @return a copy that expands
     */
    public Environment withExpansion() {
        Environment copy = copy();
        copy.expanding = true;
        return copy;
    }

    /**
     * Names the profiles; without this call they are {@code local}, {@code dev}, {@code test} and {@code prod}, chosen by
     * {@code APP_PROFILE}. The variable is read when a setting first asks for a profile.
     *
     * @param variable the variable that chooses the profile
     * @param names the profiles, at least one; the first one is chosen when the variable is unset
     * @return a copy with these profiles
     * @throws IllegalArgumentException if no profile is named
     */
    public Environment withProfiles(String variable, String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("withProfiles(\"" + variable + "\") names no profile");
        }
        Environment copy = copy();
        copy.profileVariable = variable;
        copy.profiles = List.of(names);
        return copy;
    }

    /**
     * Never warns about some variables that nothing declares.
     *
     * @param names exact names, or prefixes that end with {@code *}
     * @return a copy that ignores them
     */
    public Environment ignoring(String... names) {
        Environment copy = copy();
        List<String> more = new ArrayList<>(ignored);
        more.addAll(List.of(names));
        copy.ignored = more;
        return copy;
    }

    /**
     * Turns every warning into an error.
     *
     * @return a copy that is strict
     */
    public Environment strict() {
        Environment copy = copy();
        copy.strict = true;
        return copy;
    }

    /** {@return an environment for the groups of a load} */
    Environment in(Session load, String moreContext, String newTitle) {
        Environment copy = copy();
        copy.session = load;
        String more = Names.context(moreContext);
        copy.context = context.isEmpty() || more.isEmpty() ? context.concat(more) : context + "_" + more;
        copy.title = newTitle;
        return copy;
    }

    @Nullable
    Session session() {
        return session;
    }

    String context() {
        return context;
    }

    String title(String own) {
        if (!title.isEmpty()) {
            return title;
        }
        return context.isEmpty() ? own : own + " (" + context + ")";
    }

    Map<String, String> variables() {
        return variables;
    }

    Map<String, String> overrides() {
        return overrides;
    }

    List<Path> secretDirectories() {
        return secretDirectories;
    }

    List<Path> dotEnvFiles() {
        return dotEnvFiles;
    }

    List<SettingsFile> files() {
        return files;
    }

    List<String> ignored() {
        return ignored;
    }

    String profileVariable() {
        return profileVariable;
    }

    List<String> profiles() {
        return profiles;
    }

    boolean isExpanding() {
        return expanding;
    }

    boolean isStrict() {
        return strict;
    }

    private Environment copy() {
        Environment copy = new Environment(variables);
        copy.overrides = overrides;
        copy.secretDirectories = secretDirectories;
        copy.dotEnvFiles = dotEnvFiles;
        copy.files = files;
        copy.ignored = ignored;
        copy.profileVariable = profileVariable;
        copy.profiles = profiles;
        copy.expanding = expanding;
        copy.strict = strict;
        copy.session = session;
        copy.context = context;
        copy.title = title;
        return copy;
    }

    private static List<Path> append(List<Path> paths, Path path) {
        List<Path> more = new ArrayList<>(paths);
        more.add(path);
        return more;
    }
}
