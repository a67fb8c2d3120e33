package io.betrue.examples.monolith;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;

/** The work in the background. */
final class JobsConfig extends ConfigGroup {
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

    JobsConfig(Environment env) {
        super("Jobs", env);
    }
}
