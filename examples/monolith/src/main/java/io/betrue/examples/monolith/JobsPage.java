package io.betrue.examples.monolith;

import io.betrue.config.Secret;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.dashboard.JobDashboard;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.security.BasicAuthCredentials;
import io.javalin.security.RouteRole;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard of the jobs, behind a password of its own (RFC 7617): tokens of the application name a user and no role, and a browser that opens a page sends none.
 */
final class JobsPage {
    static final String PATH = "/admin/jobs";
    private static final String USER = "admin";

    private enum Role implements RouteRole {
        ADMIN
    }

    private final byte[] password;

    private JobsPage(Secret password) {
        this.password = password.reveal().getBytes(StandardCharsets.UTF_8);
    }

    /** Adds it to an application. */
    static void add(JavalinConfig app, Jobs jobs, Secret password) {
        JobsPage page = new JobsPage(password);
        app.registerPlugin(
                new JobDashboard(jobs, dashboard -> dashboard.path(PATH).roles(Role.ADMIN)));
        app.routes.beforeMatched(page::guard);
    }

    private void guard(Context ctx) {
        if (ctx.routeRoles().contains(Role.ADMIN) && !isAdmin(ctx.basicAuthCredentials())) {
            ctx.header("WWW-Authenticate", "Basic realm=\"jobs\", charset=\"UTF-8\"");
            throw new UnauthorizedResponse();
        }
    }

    private boolean isAdmin(@Nullable BasicAuthCredentials said) {
        return said != null
                && said.getUsername().equals(USER)
                && MessageDigest.isEqual(said.getPassword().getBytes(StandardCharsets.UTF_8), password);
    }
}
