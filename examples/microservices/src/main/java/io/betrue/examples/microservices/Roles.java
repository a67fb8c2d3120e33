package io.betrue.examples.microservices;

import io.betrue.config.ConfigDocs;
import io.betrue.config.ConfigSet;
import io.betrue.examples.wallet.StartException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which role has which settings. */
final class Roles {
    private static final Pattern DECLARED = Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]*)=");

    private static final Map<String, Class<? extends ConfigSet>> SETTINGS = new TreeMap<>(Map.of(
            "all", LaunchConfig.class,
            "gateway", GatewayConfig.class,
            "accounts", AccountsRoleConfig.class,
            "ledger", LedgerRoleConfig.class,
            "chat", ChatRoleConfig.class,
            "files", FilesRoleConfig.class,
            "jobs", JobsRoleConfig.class,
            "migrate", MigrateConfig.class));

    private Roles() {}

    static Map<String, Class<? extends ConfigSet>> settings() {
        return SETTINGS;
    }

    /** {@return the variables of other roles, which a process of this one would warn of} */
    static Set<String> strangeTo(String role) {
        Set<String> strange = new TreeSet<>();
        SETTINGS.values().forEach(settings -> strange.addAll(variables(settings)));
        Class<? extends ConfigSet> own = SETTINGS.get(role);
        if (own != null) {
            strange.removeAll(variables(own));
        }
        return strange;
    }

    private static Set<String> variables(Class<? extends ConfigSet> settings) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream utf8 = new PrintStream(text, true, StandardCharsets.UTF_8);
        if (ConfigDocs.run(utf8, utf8, settings.getName(), "--format", "dotenv") != 0) {
            throw new StartException(
                    "the settings " + settings.getName() + " cannot be listed: "
                            + text.toString(StandardCharsets.UTF_8),
                    null);
        }
        Set<String> names = new TreeSet<>();
        DECLARED.matcher(text.toString(StandardCharsets.UTF_8)).results().forEach(match -> {
            names.add(match.group(1));
            names.add(match.group(1) + "_FILE");
        });
        return names;
    }
}
