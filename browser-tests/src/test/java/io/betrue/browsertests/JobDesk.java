package io.betrue.browsertests;

import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.JobContext;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.Worker;
import io.betrue.jobs.dashboard.JobDashboard;
import io.betrue.jobs.postgres.PostgresJobs;
import io.javalin.Javalin;
import io.javalin.http.ForbiddenResponse;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** A shop with jobs of all kinds in PostgreSQL, a worker that runs them, and the dashboard below a context path and behind a proxy with a prefix. */
final class JobDesk implements AutoCloseable {
    /** Would say so in the page if it were run. */
    static final String ATTACK = "<img src=x onerror=\"window.attacked=1\"><script>window.attacked=1</script>";

    record Order(String note, int number) {}

    static final JobType<Order> MAIL =
            JobType.of("mail", Order.class).queue("mails").retries(Backoff.constant(Duration.ofHours(1)), 1);
    static final JobType<Order> CHARGE =
            JobType.of("charge", Order.class).retries(Backoff.constant(Duration.ofHours(1)), 5);
    static final JobType<Order> REPORT = JobType.of("report", Order.class).queue("reports");
    static final JobType<Order> IMPORT = JobType.of("import", Order.class).queue("imports");

    enum Role implements RouteRole {
        GUEST,
        SUPPORT,
        ADMIN
    }

    final PostgresJobs jobs;
    private final Worker worker;
    private final Javalin app;
    private final PrefixProxy proxy;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Role caller = Role.ADMIN;
    private volatile boolean mailServerUp;

    JobDesk(DataSource dataSource) throws IOException {
        jobs = PostgresJobs.create(dataSource, config -> config.schema("jobs"));
        worker = jobs.worker(w -> w.queue("mails", 4)
                        .queue("default", 4)
                        .queue("reports", 4)
                        .handle(MAIL, (job, order) -> send(job))
                        .handle(CHARGE, (job, order) -> {
                            throw new IllegalArgumentException("the card has expired");
                        })
                        .handle(REPORT, this::report))
                .start();
        app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.router.contextPath = "/app";
                    config.registerPlugin(new JobDashboard(
                            jobs,
                            dashboard -> dashboard
                                    .path("/admin/jobs")
                                    .roles(Role.ADMIN, Role.SUPPORT)
                                    .operators(Role.ADMIN)));
                    config.routes.beforeMatched(ctx -> {
                        if (!ctx.routeRoles().isEmpty() && !ctx.routeRoles().contains(caller)) {
                            throw new ForbiddenResponse();
                        }
                    });
                })
                .start("127.0.0.1", 0);
        proxy = new PrefixProxy("/gate", app.port());
        fill();
    }

    private void fill() {
        jobs.schedules().put(Schedule.of("nightly-report", Cron.parse("0 3 * * *"), REPORT, new Order("all", 0)));
        jobs.schedules().put(Schedule.of("reminders", Cron.parse("*/15 8-18 * * MON-FRI"), IMPORT, new Order("", 0)));
        deadMail(1);
        mailServerUp = true;
        for (int i = 0; i < 60; i++) {
            jobs.enqueue(JobRequest.of(MAIL, new Order("thank you", i)).tags("welcome"));
        }
        jobs.enqueue(JobRequest.of(CHARGE, new Order("12.50", 7)).uniqueKey(ATTACK));
        jobs.enqueue(JobRequest.of(IMPORT, new Order("prices", 1)).priority(10));
        jobs.enqueue(JobRequest.of(IMPORT, new Order("stock", 2)).in(Duration.ofDays(2)));
        jobs.enqueue(REPORT, new Order("2026", 4));
        jobs.enqueue(REPORT, new Order("2025", 9));
        until(() -> count(JobState.RUNNING) == 2 && count(JobState.SUCCEEDED) == 60 && count(JobState.DELAYED) == 2);
    }

    private void send(JobContext job) throws IOException {
        job.log("to ann " + ATTACK);
        if (!mailServerUp) {
            throw new IOException("no route to mail.example.org " + ATTACK, new IllegalStateException("the cause"));
        }
    }

    private void report(JobContext job, Order order) throws InterruptedException {
        job.progress(order.number() / 10.0, "page " + order.number() + " of 10 " + ATTACK);
        end.await();
    }

    /** {@return the number of a job that is dead, and will succeed when it is run again} */
    long deadMail(int number) {
        mailServerUp = false;
        long id = jobs.enqueue(MAIL, new Order(ATTACK, number)).id();
        untilIs(id, JobState.DEAD);
        mailServerUp = true;
        return id;
    }

    /** {@return the number of a job that runs until it is cancelled} */
    long runningReport() {
        long id = jobs.enqueue(REPORT, new Order("cancel me", 1)).id();
        untilIs(id, JobState.RUNNING);
        return id;
    }

    void untilIs(long id, JobState state) {
        until(() -> jobs.control().find(id).orElseThrow().state() == state);
    }

    private int count(JobState state) {
        return jobs.control().list(JobQuery.all().states(state).limit(100)).size();
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the jobs did not become what they should");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Lets the next requests come from somebody else. */
    void calledBy(Role role) {
        caller = role;
    }

    String address() {
        return "http://127.0.0.1:" + proxy.port() + "/gate/app/admin/jobs";
    }

    @Override
    public void close() {
        proxy.close();
        app.stop();
        end.countDown();
        worker.close();
        jobs.close();
    }
}
