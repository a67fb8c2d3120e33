package io.betrue.jobs.daemon;

import io.betrue.jobs.Cron;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.WorkerConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the daemon of the tests runs; named in {@code META-INF/services}. */
// tag::application[]
public final class DaemonTestApplication implements JobApplication {
    record Echo(String text, long millis) {}

    static final JobType<Echo> ECHO = JobType.of("echo", Echo.class);

    @Override
    public void configure(WorkerConfig worker, Surroundings surroundings) {
        worker.queue("default", 4).handle(ECHO, (job, echo) -> {
            TimeUnit.MILLISECONDS.sleep(echo.millis());
            job.log(echo.text());
        });
    }

    @Override
    public List<Schedule<?>> schedules() {
        return List.of(Schedule.of("good-morning", Cron.parse("0 7 * * MON-FRI"), ECHO, new Echo("good morning", 0)));
    }
}
// end::application[]
