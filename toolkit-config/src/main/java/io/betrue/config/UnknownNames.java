package io.betrue.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds variables that were probably meant for the application but that no setting declares. */
final class UnknownNames {
    private static final String GROUP = "Variables nothing declares";

    /** What the system, shells, runtimes and proxies' clients set or read. */
    private static final Set<String> FOREIGN = Set.of(
            "PATH",
            "HOME",
            "USER",
            "USERNAME",
            "LOGNAME",
            "SHELL",
            "PWD",
            "OLDPWD",
            "TERM",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TMP",
            "TEMP",
            "TMPDIR",
            "HOSTNAME",
            "HOST",
            "MAIL",
            "EDITOR",
            "PAGER",
            "DISPLAY",
            "SHLVL",
            "PS1",
            "IFS",
            "UID",
            "GID",
            "JAVA_HOME",
            "JAVA_OPTS",
            "JAVA_TOOL_OPTIONS",
            "JAVA_VERSION",
            "JDK_JAVA_OPTIONS",
            "CLASSPATH",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY",
            "FTP_PROXY",
            "CI",
            "DEBUG",
            "PORT",
            "LINES",
            "COLUMNS",
            "INVOCATION_ID",
            "JOURNAL_STREAM",
            "NOTIFY_SOCKET",
            "LISTEN_FDS",
            "LISTEN_FDNAMES",
            "LISTEN_PID",
            "WATCHDOG_PID",
            "WATCHDOG_USEC",
            "CACHE_DIRECTORY",
            "CONFIGURATION_DIRECTORY",
            "CREDENTIALS_DIRECTORY",
            "LOGS_DIRECTORY",
            "RUNTIME_DIRECTORY",
            "STATE_DIRECTORY",
            "LS_COLORS",
            "MANPATH",
            "MAILTO",
            "TERM_PROGRAM",
            "_");

    /** First words that belong to somebody else even when the application declares a name that starts with one. */
    private static final Set<String> FOREIGN_PREFIXES = Set.of(
            "LC",
            "XDG",
            "JAVA",
            "JDK",
            "MAVEN",
            "GRADLE",
            "KUBERNETES",
            "AWS",
            "AZURE",
            "GOOGLE",
            "GCP",
            "DOCKER",
            "COMPOSE",
            "GITHUB",
            "GITLAB",
            "GIT",
            "SSH",
            "SYSTEMD",
            "DBUS",
            "OTEL",
            "NODE",
            "NPM",
            "PYTHON",
            "LD",
            "DEBIAN");

    private final Environment env;
    private final Sources sources;
    private final Map<String, Spec> specs;

    UnknownNames(Environment env, Sources sources, Map<String, Spec> specs) {
        this.env = env;
        this.sources = sources;
        this.specs = specs;
    }

    /** {@return overrides in code that no setting declares, which are always faults} */
    List<ConfigFault> overrides() {
        List<ConfigFault> faults = new ArrayList<>();
        for (String name : sources.overrideNames()) {
            if (!specs.containsKey(name)) {
                faults.add(row(name, "override in code", Names.nearest(name, specs.keySet())));
            }
        }
        return faults;
    }

    /** {@return variables one edit away from an unset setting, or under a prefix of the application, by name} */
    List<ConfigFault> warnings() {
        Set<String> prefixes = prefixes();
        List<Spec> unset = new ArrayList<>();
        for (Spec spec : specs.values()) {
            if (!spec.isGiven()) {
                unset.add(spec);
            }
        }
        Map<String, ConfigFault> faults = new TreeMap<>();
        for (Map.Entry<String, String> entry : sources.origins().entrySet()) {
            String name = entry.getKey();
            if (isStranger(name)) {
                String meant = meant(name, unset);
                if (meant != null || prefixes.contains(firstWord(name))) {
                    String near = meant == null ? Names.nearest(name, specs.keySet()) : meant;
                    faults.put(name, row(name, entry.getValue(), near));
                }
            }
        }
        return List.copyOf(faults.values());
    }

    /** {@return the variable that was probably meant to set an unset setting, or null} */
    @Nullable
    String misspelt(Spec spec) {
        for (String name : sources.origins().keySet()) {
            if (isStranger(name) && Names.oneEditApart(name, spec.name)) {
                return name;
            }
        }
        return null;
    }

    private static @Nullable String meant(String name, List<Spec> unset) {
        for (Spec spec : unset) {
            int longer = name.length() - spec.name.length(); // looked at first: this runs for every pair at start
            if (longer >= -1
                    && longer <= 1
                    && (Names.oneEditApart(name, spec.name) || name.equalsIgnoreCase(spec.name))) {
                return spec.name;
            }
        }
        return null;
    }

    private boolean isStranger(String name) {
        if (specs.containsKey(name) || FOREIGN.contains(name) || name.equals(env.profileVariable())) {
            return false;
        }
        if (name.endsWith("_FILE") && specs.containsKey(name.substring(0, name.length() - 5))) {
            return false;
        }
        for (String pattern : env.ignored()) {
            boolean prefix = pattern.endsWith("*");
            if (prefix ? name.startsWith(pattern.substring(0, pattern.length() - 1)) : name.equals(pattern)) {
                return false;
            }
        }
        return !sources.isServiceLink(name);
    }

    private Set<String> prefixes() {
        Set<String> prefixes = new HashSet<>();
        for (String name : specs.keySet()) {
            prefixes.add(firstWord(name));
        }
        prefixes.removeAll(FOREIGN_PREFIXES);
        prefixes.remove("");
        return prefixes;
    }

    private static String firstWord(String name) {
        int end = name.indexOf('_', 1);
        return end < 0 ? "" : name.substring(0, end);
    }

    private static ConfigFault row(String name, String origin, @Nullable String near) {
        String problem = "is set but nothing declares it" + (near == null ? "" : "; did you mean " + near + "?");
        return new ConfigFault(GROUP, name, problem, null, origin, null);
    }
}
