package io.betrue.jobs.dashboard;

import io.javalin.security.RouteRole;
import java.util.Set;
import java.util.regex.Pattern;

/** Where the dashboard is and who may see it. Used by one thread, when the plugin is made. */
@SuppressWarnings("exports") // Javalin is optional: whoever uses the plugin reads its module anyway
public final class JobDashboardConfig {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    private String path = "/jobs";
    private Set<RouteRole> viewers = Set.of();
    private Set<RouteRole> operators = Set.of();
    private boolean readOnly;

    JobDashboardConfig() {}

    /**
     * Sets where the page is.
     *
     * @param own a path such as {@code /admin/jobs}; {@code /jobs} by default
     * @return this
     * @throws IllegalArgumentException if it does not begin with a slash, ends with one, or has other characters than letters, digits and {@code . _ ~ -}
     */
    public JobDashboardConfig path(String own) {
        if (!PATH.matcher(own).matches()) {
            throw new IllegalArgumentException("path of the dashboard must look like /admin/jobs, was \"" + own + '"');
        }
        path = own;
        return this;
    }

    /**
     * Sets who may see and change: the roles of all routes, which the application's {@code beforeMatched} handler checks. Without roles everybody may.
     *
     * @param roles any of which is enough
     * @return this
     */
    public JobDashboardConfig roles(RouteRole... roles) {
        viewers = Set.of(roles);
        operators = viewers;
        return this;
    }

    /**
     * Sets who may change, where these are fewer than may see. Said after {@link #roles}.
     *
     * @param roles any of which is enough
     * @return this
     */
    public JobDashboardConfig operators(RouteRole... roles) {
        operators = Set.of(roles);
        return this;
    }

    /**
     * Shows only; the routes that change something are not there.
     *
     * @return this
     */
    public JobDashboardConfig readOnly() {
        readOnly = true;
        return this;
    }

    String path() {
        return path;
    }

    RouteRole[] viewers() {
        return viewers.toArray(new RouteRole[0]);
    }

    RouteRole[] operators() {
        return operators.toArray(new RouteRole[0]);
    }

    boolean isReadOnly() {
        return readOnly;
    }
}
