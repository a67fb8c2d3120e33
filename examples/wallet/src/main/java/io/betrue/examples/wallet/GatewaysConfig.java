package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The gateways side by side, for pages that go to another where one does not answer. */
public final class GatewaysConfig extends ConfigGroup {
    /** As a browser writes an origin; nothing in it can end a directive of a Content-Security-Policy. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.:\\[\\]-]+");

    private final Optional<List<String>> origins = env("GATEWAYS")
            .describedAs(
                    "Addresses of all gateways, this one included, as browsers name them: a page of one of them may call the others. Not needed where a balancer stands before them")
            .optional()
            .asListOf(ValueType.matching(ORIGIN));

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public GatewaysConfig(Environment env) {
        super("Gateways", env);
    }

    /** {@return the origins of all gateways; none where pages know no other than their own} */
    public List<String> origins() {
        return origins.orElse(List.of());
    }
}
