package io.betrue.examples.monolith;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.Secret;
import java.util.Optional;

/** The work in the background. */
final class JobsConfig extends ConfigGroup {
    private static final int SHORTEST = 16;

    /** Whether jobs run here. */
    enum WorkerMode {
        /** In this process. */
        ON,
        /** Somewhere else: this process only takes orders. */
        OFF
    }

    final WorkerMode worker = env("JOBS_WORKER")
            .describedAs("Whether background jobs run in this process; off where a process beside it runs them")
            .orElse(WorkerMode.ON)
            .asEnum(WorkerMode.class);

    final Optional<Secret> pagePassword = env("JOBS_PAGE_PASSWORD")
            .describedAs(
                    "Password of the user admin for the dashboard of the jobs at /admin/jobs, 16 characters at least; without it there is no dashboard")
            .optional()
            .asSecret();

    JobsConfig(Environment env) {
        super("Jobs", env);
        rule(
                "JOBS_PAGE_PASSWORD must have 16 characters at least",
                () -> pagePassword.map(secret -> secret.reveal().length()).orElse(SHORTEST) >= SHORTEST,
                "JOBS_PAGE_PASSWORD");
    }
}
