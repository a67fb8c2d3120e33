package io.betrue.examples.wallet;

import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one application has at its doors and another has not.
 *
 * @param gateways origins of all doors side by side, as browsers write them; none where pages know no other than their own
 * @param jobsPage where the dashboard of the jobs is, as the front page links to it; empty where there is none
 * @param more adds routes beside commands and pages
 */
public record DoorsOptions(List<String> gateways, Optional<String> jobsPage, Consumer<JavalinConfig> more) {
    /** Copies the list. */
    public DoorsOptions {
        gateways = List.copyOf(gateways);
    }

    /**
     * {@return what a gateway has}
     *
     * @param gateways origins of all gateways
     * @param jobsPage where a dashboard of the jobs is
     */
    public static DoorsOptions gateway(List<String> gateways, Optional<String> jobsPage) {
        return new DoorsOptions(gateways, jobsPage, app -> {});
    }
}
