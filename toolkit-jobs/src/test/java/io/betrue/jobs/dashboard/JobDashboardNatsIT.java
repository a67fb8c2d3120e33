package io.betrue.jobs.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.Worker;
import io.betrue.jobs.nats.NatsJobs;
import io.betrue.testsupport.TestNats;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobDashboardNatsIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    record Mail(String to) {}

    private static final JobType<Mail> MAIL = JobType.of("mail", Mail.class);
    private static final JobType<Mail> BROKEN =
            JobType.of("broken", Mail.class).retries(Backoff.constant(Duration.ZERO), 1);

    private NatsJobs jobs;
    private Javalin app;

    @BeforeEach
    void open() {
        String namespace = NATS.namespace();
        jobs = NatsJobs.connect(NATS.url(), config -> config.namespace(namespace));
        app = Javalin.create(settings -> {
                    settings.startup.showJavalinBanner = false;
                    settings.registerPlugin(new JobDashboard(jobs, config -> {}));
                })
                .start("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        app.stop();
        jobs.close();
    }

    @Test
    void showsAndChangesWhatIsInNats() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        jobs.schedules().put(Schedule.of("nightly", Cron.parse("0 3 * * *"), MAIL, new Mail("all")));
        jobs.control().pause("other");
        jobs.enqueue(JobRequest.of(MAIL, new Mail("bob")).in(Duration.ofHours(1)));
        long dead = jobs.enqueue(BROKEN, new Mail("ann")).id();
        try (Worker worker = jobs.worker(w -> w.handle(BROKEN, (job, mail) -> {
                    throw new IllegalStateException("no route");
                })
                .handle(MAIL, (job, mail) -> {
                    job.progress(0.5, "half");
                    begun.countDown();
                    end.await();
                }))) {
            worker.start();
            until(dead, JobState.DEAD);
            long running = jobs.enqueue(MAIL, new Mail("cem")).id();
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

            JsonNode overview = json("/jobs/api/overview");
            assertThat(overview.get("queues").get(0).get("delayed").asInt()).isEqualTo(1);
            assertThat(overview.get("queues").get(0).get("running").asInt()).isEqualTo(1);
            assertThat(overview.get("queues").get(1).get("paused").asBoolean()).isTrue();
            assertThat(overview.get("rates").get(0).get("dead").asInt()).isEqualTo(1);
            assertThat(overview.get("schedules").get(0).get("name").asText()).isEqualTo("nightly");
            assertThat(overview.get("running").get(0).get("id").asLong()).isEqualTo(running);
            assertThat(json("/jobs/api/jobs?state=DEAD").get(0).get("error").asText())
                    .contains("no route");
            assertThat(json("/jobs/api/jobs/" + dead).get("events").findValuesAsText("kind"))
                    .containsExactly("ERROR");

            assertThat(post("/jobs/api/queues/default/pause")).isEqualTo(204);
            assertThat(post("/jobs/api/jobs/" + dead + "/retry")).isEqualTo(204);
            assertThat(post("/jobs/api/jobs/" + dead + "/retry")).isEqualTo(409);
            assertThat(post("/jobs/api/jobs/" + dead + "/discard")).isEqualTo(204);
            end.countDown();
            until(running, JobState.SUCCEEDED);
        }
    }

    private void until(long id, JobState state) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (jobs.control().find(id).orElseThrow().state() != state) {
            assertThat(System.nanoTime()).as("job %s is %s in time", id, state).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = CLIENT.send(request(path).GET().build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private int post(String path) throws Exception {
        HttpRequest request = request(path)
                .header("X-Job-Dashboard", "1")
                .POST(BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + path));
    }
}
