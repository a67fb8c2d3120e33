package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What pages of a gateway know of: the gateways side by side, to go to another where one does not answer, and other pages. */
public final class GatewaysConfig extends ConfigGroup {
    /** As a browser writes an origin; nothing in it can end a directive of a Content-Security-Policy. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.:\\[\\]-]+");

    private final Optional<List<String>> origins = env("GATEWAYS")
            .describedAs(
                    "Addresses of all gateways, this one included, as browsers name them: a page of one of them may call the others. Not needed where a balancer stands before them")
            .optional()
            .asListOf(ValueType.matching(ORIGIN));

    private final Optional<URI> jobsPage = env("JOBS_PAGE")
            .describedAs("Where a dashboard of the jobs is, for a link at the foot of the front page")
            .optional()
            .asUrl();

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public GatewaysConfig(Environment env) {
        super("Gateways", env);
    }

    /** {@return what gateways have at their doors} */
    public DoorsOptions doors() {
        return DoorsOptions.gateway(origins.orElse(List.of()), jobsPage.map(URI::toString));
    }
}
