package io.betrue.jobs.dashboard;

import io.betrue.jobs.Jobs;
import io.javalin.config.JavalinState;
import io.javalin.config.RoutesConfig;
import io.javalin.plugin.Plugin;
import java.util.function.Consumer;

/**
 * Shows jobs in a page of a Javalin application, and lets people retry, cancel and discard jobs, and pause queues and schedules.
 * <pre>{@code
 * app.registerPlugin(new JobDashboard(jobs, d -> d.path("/admin/jobs").roles(Role.ADMIN)));
 * }</pre>
 * The page needs nothing from elsewhere and is sent with {@code Content-Security-Policy: default-src 'self'}. Requests that change something must carry the
 * header {@code X-Job-Dashboard}, which a page of another site cannot send. The plugin starts no threads; it asks the store when somebody looks.
 */
@SuppressWarnings("exports") // Javalin is optional: whoever uses the plugin reads its module anyway
public final class JobDashboard extends Plugin<JobDashboardConfig> {
    private final Jobs jobs;

    /**
     * Makes the plugin, at {@code /jobs} and open to everybody.
     *
     * @param jobs what is shown; not closed by the plugin
     */
    public JobDashboard(Jobs jobs) {
        this(jobs, config -> {});
    }

    /**
     * Makes the plugin.
     *
     * @param jobs what is shown; not closed by the plugin
     * @param config sets what differs from the defaults; called once, at once
     */
    public JobDashboard(Jobs jobs, Consumer<JobDashboardConfig> config) {
        super(config, new JobDashboardConfig());
        this.jobs = jobs;
    }

    @Override
    public void onInitialize(JavalinState state) {
        JobDashboardConfig config = pluginConfig;
        RoutesConfig routes = state.routes;
        Page page = new Page(config.path(), config.isReadOnly());
        JobApi api = new JobApi(jobs);
        String path = config.path();
        routes.get(path, page::html, config.viewers());
        Page.files().forEach((file, handler) -> routes.get(path + "/" + file, handler, config.viewers()));
        routes.get(path + "/api/overview", api::overview, config.viewers());
        routes.get(path + "/api/jobs", api::list, config.viewers());
        routes.get(path + "/api/jobs/{id}", api::show, config.viewers());
        if (!config.isReadOnly()) {
            routes.post(path + "/api/jobs/{id}/{action}", api::changeJob, config.operators());
            routes.post(path + "/api/queues/{name}/{action}", api::changeQueue, config.operators());
            routes.post(path + "/api/schedules/{name}/{action}", api::changeSchedule, config.operators());
        }
    }
}
