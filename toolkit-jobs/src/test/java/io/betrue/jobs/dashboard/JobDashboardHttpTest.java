package io.betrue.jobs.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.Backoff;
import io.betrue.jobs.Cron;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.testing.TestJobs;
import io.javalin.Javalin;
import io.javalin.http.UnauthorizedResponse;
import io.javalin.security.RouteRole;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobDashboardHttpTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    record Mail(String to) {}

    static final JobType<Mail> MAIL =
            JobType.of("mail", Mail.class).retries(Backoff.constant(Duration.ofMinutes(1)), 2);

    enum Role implements RouteRole {
        ADMIN,
        SUPPORT
    }

    private final TestJobs jobs = TestJobs.create();
    private Javalin app;

    @BeforeEach
    void open() {
        app = start(config -> {});
    }

    @AfterEach
    void close() {
        app.stop();
        jobs.close();
    }

    private Javalin start(Consumer<JobDashboardConfig> config) {
        return Javalin.create(settings -> {
                    settings.startup.showJavalinBanner = false;
                    settings.registerPlugin(new JobDashboard(jobs, config));
                    settings.routes.beforeMatched(ctx -> {
                        String role = ctx.header("Role");
                        if (!ctx.routeRoles().isEmpty()
                                && (role == null || !ctx.routeRoles().contains(Role.valueOf(role)))) {
                            throw new UnauthorizedResponse();
                        }
                    });
                })
                .start("127.0.0.1", 0);
    }

    private static Javalin documented(Jobs jobs) {
        return Javalin.create(
                // tag::plugin[]
                app -> app.registerPlugin(new JobDashboard(
                        jobs,
                        dashboard -> dashboard
                                .path("/admin/jobs")
                                .roles(Role.ADMIN, Role.SUPPORT) // who may look
                                .operators(Role.ADMIN))) // who may change
                // end::plugin[]
                );
    }

    @Test
    void isReadByThoseWhoMayAndChangedByFewer() throws Exception {
        app.stop();
        app = documented(jobs).start("127.0.0.1", 0);
        app.unsafe.routes.beforeMatched(ctx -> {
            String role = ctx.header("Role");
            if (role == null || !ctx.routeRoles().contains(Role.valueOf(role))) {
                throw new UnauthorizedResponse();
            }
        });
        EnqueuedJob job = jobs.enqueue(MAIL, new Mail("ann"));

        assertThat(send("GET", "/admin/jobs", null).statusCode()).isEqualTo(401);
        assertThat(send("GET", "/admin/jobs/page.js", null).statusCode()).isEqualTo(401);
        assertThat(send("GET", "/admin/jobs/api/overview", null).statusCode()).isEqualTo(401);
        assertThat(send("GET", "/admin/jobs/api/overview", "SUPPORT").statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/admin/jobs/api/jobs/" + job.id() + "/cancel", "SUPPORT")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("POST", "/admin/jobs/api/jobs/" + job.id() + "/cancel", "ADMIN")
                        .statusCode())
                .isEqualTo(204);
        assertThat(jobs.control().find(job.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void servesAPageThatNeedsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/jobs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self';");
        assertThat(page.body())
                .contains("href=\"jobs/page.css\"", "src=\"jobs/page.js\"")
                .doesNotContain("http://", "https://", "<style", "onclick", "${");
        assertThat(get("/jobs/page.css").headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        HttpResponse<String> script = get("/jobs/page.js");
        assertThat(script.headers().firstValue("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(script.body()).contains("'./parts.js'").doesNotContain("innerHTML", "http://", "https://", "eval(");
        assertThat(get("/jobs/parts.js").body()).doesNotContain("innerHTML", "http://", "https://", "eval(");
        assertThat(get("/jobs/icon.svg").headers().firstValue("Content-Type")).contains("image/svg+xml");
    }

    @Test
    void leadsToThePageWithoutASlash() throws Exception {
        HttpResponse<String> page = get("/jobs/");
        assertThat(page.statusCode()).isEqualTo(302);
        assertThat(page.headers().firstValue("Location")).contains("../jobs");
    }

    @Test
    void showsQueuesRatesWorkersAndSchedules() throws Exception {
        jobs.enqueue(MAIL, new Mail("ann"));
        jobs.enqueue(JobRequest.of(MAIL, new Mail("bob")).in(Duration.ofHours(1)));
        jobs.schedules().put(Schedule.of("nightly", Cron.parse("0 3 * * *"), MAIL, new Mail("all")));
        jobs.runDue(worker -> worker.handle(MAIL, (job, mail) -> {}));
        jobs.enqueue(MAIL, new Mail("cem"));
        jobs.control().pause("other");

        JsonNode overview = json(get("/jobs/api/overview"));

        JsonNode queue = overview.get("queues").get(0);
        assertThat(queue.get("name").asText()).isEqualTo("default");
        assertThat(queue.get("queued").asInt()).isEqualTo(1);
        assertThat(queue.get("delayed").asInt()).isEqualTo(1);
        assertThat(overview.get("queues").get(1).get("paused").asBoolean()).isTrue();
        assertThat(overview.get("rates").get(0).get("succeeded").asInt()).isEqualTo(1);
        assertThat(overview.get("schedules").get(0).get("cron").asText()).isEqualTo("0 3 * * *");
        assertThat(overview.get("running")).isEmpty();
    }

    @Test
    void showsFailuresWithTheirStackAndRetriesThem() throws Exception {
        EnqueuedJob job = jobs.enqueue(JobRequest.of(MAIL, new Mail("ann")).tags("welcome"));
        for (int attempt = 0; attempt < 2; attempt++) {
            jobs.runDue(worker -> worker.handle(MAIL, (context, mail) -> {
                throw new IllegalStateException("no <b>route</b>");
            }));
            jobs.advance(Duration.ofMinutes(5));
        }

        JsonNode dead = json(get("/jobs/api/jobs?state=DEAD&type=mail&queue=default&tag=welcome&limit=10"));
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).has("payload")).as("may be large").isFalse();
        assertThat(dead.get(0).get("error").asText()).contains("no <b>route</b>");
        JsonNode shown = json(get("/jobs/api/jobs/" + job.id()));
        assertThat(shown.get("job").get("attempt").asInt()).isEqualTo(2);
        assertThat(shown.get("job").get("payload").asText()).isEqualTo("{\"to\":\"ann\"}");
        assertThat(shown.get("events").findValuesAsText("kind")).containsExactly("ERROR", "ERROR");
        assertThat(shown.get("events").get(0).get("detail").asText()).contains("JobDashboardHttpTest");

        assertThat(post("/jobs/api/jobs/" + job.id() + "/retry").statusCode()).isEqualTo(204);
        assertThat(jobs.control().find(job.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);
        assertThat(post("/jobs/api/jobs/" + job.id() + "/retry").statusCode()).isEqualTo(409);
        assertThat(post("/jobs/api/jobs/" + job.id() + "/discard").statusCode()).isEqualTo(204);
        assertThat(get("/jobs/api/jobs/" + job.id()).statusCode()).isEqualTo(404);
    }

    @Test
    void pausesAndResumesQueuesAndSchedules() throws Exception {
        jobs.schedules().put(Schedule.of("nightly", Cron.parse("0 3 * * *"), MAIL, new Mail("all")));

        assertThat(post("/jobs/api/queues/mail/pause").statusCode()).isEqualTo(204);
        assertThat(jobs.control().queues().get(0).paused()).isTrue();
        assertThat(post("/jobs/api/queues/mail/resume").statusCode()).isEqualTo(204);
        assertThat(post("/jobs/api/schedules/nightly/pause").statusCode()).isEqualTo(204);
        assertThat(jobs.schedules().list().get(0).paused()).isTrue();
        assertThat(post("/jobs/api/schedules/nightly/resume").statusCode()).isEqualTo(204);
        assertThat(jobs.schedules().list().get(0).paused()).isFalse();
        assertThat(post("/jobs/api/schedules/absent/pause").statusCode()).isEqualTo(404);
        assertThat(post("/jobs/api/queues/mail/delete").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesWhatAPageOfAnotherSiteCouldSend() throws Exception {
        EnqueuedJob job = jobs.enqueue(MAIL, new Mail("ann"));
        HttpRequest form = HttpRequest.newBuilder(uri("/jobs/api/jobs/" + job.id() + "/cancel"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.noBody())
                .build();

        assertThat(CLIENT.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        assertThat(jobs.control().find(job.id()).orElseThrow().state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void changesNothingWhereItMayOnlyShow() throws Exception {
        app.stop();
        app = start(JobDashboardConfig::readOnly);
        EnqueuedJob job = jobs.enqueue(MAIL, new Mail("ann"));

        assertThat(post("/jobs/api/jobs/" + job.id() + "/cancel").statusCode()).isEqualTo(404);
        assertThat(get("/jobs").body()).contains("data-readonly=\"true\"");
        assertThat(get("/jobs/api/jobs/" + job.id()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=GONE", "before=x", "limit=0", "limit=1001", "limit=x"})
    void refusesQueriesThatMakeNoSense(String query) throws Exception {
        assertThat(get("/jobs/api/jobs?" + query).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jobs", "/jobs/", "/jo bs", "/jobs?x", "/{id}", "/<b>"})
    void refusesPathsThatAreNone(String path) {
        assertThatThrownBy(() -> new JobDashboard(jobs, config -> config.path(path)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/admin/jobs");
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + app.port() + path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, null);
    }

    private HttpResponse<String> post(String path) throws Exception {
        return send("POST", path, null);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String role) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("X-Job-Dashboard", "1")
                .method(method, BodyPublishers.noBody());
        if (role != null) {
            request.header("Role", role);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }
}
