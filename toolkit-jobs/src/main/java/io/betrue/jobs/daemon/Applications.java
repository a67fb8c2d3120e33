package io.betrue.jobs.daemon;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Worker;
import io.betrue.jobs.WorkerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the application on the class path, and has it register its handlers. */
final class Applications {
    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);

    private Applications() {}

    /** {@return what the class path names} */
    static List<JobApplication> found() {
        try {
            List<JobApplication> found = new ArrayList<>();
            ServiceLoader.load(JobApplication.class).forEach(found::add);
            return found;
        } catch (ServiceConfigurationError e) {
            throw new JobException("the application cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** {@return the one that there must be} */
    static JobApplication one(List<JobApplication> found) {
        if (found.size() != 1) {
            throw new JobException("exactly one " + JobApplication.class.getName()
                    + " must be on the class path, found "
                    + (found.isEmpty()
                            ? "none"
                            : String.join(
                                    ", ",
                                    found.stream()
                                            .map(each -> each.getClass().getName())
                                            .toList()))
                    + "; name yours in META-INF/services/" + JobApplication.class.getName());
        }
        return found.get(0);
    }

    /** {@return a worker with the application's handlers; wrong arguments stay what they are} */
    static Worker worker(
            JobApplication application,
            Jobs jobs,
            @Nullable DataSource pool,
            Consumer<WorkerConfig> before,
            Consumer<WorkerConfig> after) {
        return jobs.worker(config -> {
            before.accept(config);
            try {
                application.configure(config, new JobApplication.Surroundings(jobs, pool, System.getenv()));
            } catch (Exception e) {
                throw new JobException("the application cannot be configured: " + e, e);
            }
            after.accept(config);
        });
    }

    /** {@return the types that the application has handlers for, by name} */
    static Map<String, JobType<?>> types(JobApplication application, Jobs jobs, @Nullable DataSource pool) {
        Map<String, JobType<?>> types = new TreeMap<>();
        worker(
                        application,
                        jobs,
                        pool,
                        config -> {},
                        config ->
                                config.handlers().forEach((name, registration) -> types.put(name, registration.type())))
                .close();
        return types;
    }

    static void close(JobApplication application) {
        try {
            application.close();
        } catch (RuntimeException e) {
            LOG.warn("The application did not close in good order", e);
        }
    }
}
