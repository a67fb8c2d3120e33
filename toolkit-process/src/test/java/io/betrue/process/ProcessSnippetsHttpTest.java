package io.betrue.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.junit.jupiter.api.Test;

/** The code of the README. */
class ProcessSnippetsHttpTest {
    private static final BlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();
    private static final int PORT = freePort();

    record Database(String url) {
        static Database connect() {
            EVENTS.add("+database");
            return new Database("jdbc:postgresql://db/shop");
        }

        void migrate() {
            EVENTS.add("migrated");
        }

        void close() {
            EVENTS.add("-database");
        }
    }

    static final class Mailer {
        private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();

        Mailer(Database database) {
            EVENTS.add("mailer of " + database.url());
        }

        void run() throws InterruptedException {
            while (!mails.take().isEmpty()) {
                EVENTS.add("mail");
            }
        }

        void stop() {
            mails.add("");
        }
    }

    // tag::main[]
    static final class Shop {
        public static void main(String[] arguments) {
            program().runAndExit(arguments);
        }

        static Program program() {
            return Program.of(
                    "shop",
                    program -> program.describedAs("Sells things over HTTP.")
                            .service("serve", "Serve HTTP until stopped", Shop::serve)
                            .task("migrate", "Bring the database's tables up to date", Shop::migrate)
                            .byDefault("serve"));
        }

        static void serve(Run run) {
            run.drainDelay(Duration.ofSeconds(1)).stopWithin(Duration.ofSeconds(25));
            Database database = run.start("database", Database::connect, Database::close);
            Mailer mailer = new Mailer(database);
            run.background("mailer", mailer::run, mailer::stop);
            run.start(
                    "http",
                    () -> javalin(run).start("127.0.0.1", 0),
                    Javalin::stop,
                    part -> part.stopWithin(Duration.ofSeconds(15)));
        }

        static void migrate(Run run) {
            run.start("database", Database::connect, Database::close).migrate();
            run.out().println("The tables are up to date.");
        }
    }
    // end::main[]

    // tag::javalin[]
    static Javalin javalin(Run run) {
        return Javalin.create(app -> {
            app.startup.showJavalinBanner = false;
            app.jetty.modifyServer(server -> {
                server.insertHandler(new GracefulHandler()); // lets requests in flight finish …
                server.setStopTimeout(Duration.ofSeconds(14).toMillis()); // … for so long
            });
            app.routes.get("/health/ready", ctx -> {
                ctx.status(run.readiness().isReady() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
                ctx.result(run.readiness().name());
            });
        });
    }
    // end::javalin[]

    // tag::doors[]
    static void serveBehindOpenDoors(Run run) {
        run.start("http", () -> javalin(run).start("127.0.0.1", PORT), Javalin::stop, PartConfig::stopsFirst);
        run.start(
                "database",
                Database::connect,
                Database::close,
                part -> part.startWithin(Duration.ofMinutes(2))); // meanwhile /health/ready says 503
    }
    // end::doors[]

    // tag::arguments[]
    static Program loader() {
        return Program.of(
                "shop",
                program -> program.task(
                        "load",
                        "Load products",
                        ProcessSnippetsHttpTest::load,
                        command -> command.arguments("<file>").details("<file>  CSV with a heading line")));
    }

    static void load(Run run, List<String> arguments) {
        if (arguments.size() != 1) {
            throw ProcessException.usage("give one file");
        }
        if (!arguments.get(0).endsWith(".csv")) {
            throw ProcessException.exit(3, arguments.get(0) + " is no CSV file; its name must end with .csv");
        }
    }
    // end::arguments[]

    @Test
    void servesUntilStopped() throws Exception {
        CompletableFuture<Run> current = new CompletableFuture<>();
        CompletableFuture<Integer> status = launch(current, Shop::serve);
        Run run = current.get(20, TimeUnit.SECONDS);
        Eventually.holds(() -> run.readiness() == Readiness.READY, "it is ready");
        run.stop();
        assertThat(status.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(EVENTS).endsWith("+database", "mailer of jdbc:postgresql://db/shop", "-database");
    }

    @Test
    void saysReadyAndNotReadyOverHttp() throws Exception {
        CompletableFuture<Run> current = new CompletableFuture<>();
        CompletableFuture<Integer> status =
                launch(current, run -> serveBehindOpenDoors(run.drainDelay(Duration.ofSeconds(2))));
        Run run = current.get(20, TimeUnit.SECONDS);
        Eventually.holds(() -> run.readiness() == Readiness.READY, "it is ready");
        URI health = URI.create("http://127.0.0.1:" + PORT + "/health/ready");
        assertThat(get(health)).isEqualTo("200 READY");
        run.stop();
        assertThat(get(health)).isEqualTo("503 STOPPING");
        assertThat(status.get(20, TimeUnit.SECONDS)).isZero();
    }

    private static CompletableFuture<Integer> launch(CompletableFuture<Run> current, PlainCommand start) {
        Program program = Program.of(
                "shop",
                config -> config.service("serve", "Serve", run -> {
                    current.complete(run);
                    start.run(run);
                }));
        return CompletableFuture.supplyAsync(() -> program.run("serve"));
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(URI uri) throws Exception {
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    // tag::test[]
    @Test
    void migrates() {
        assertThat(Shop.program().run("migrate")).isZero();
    }
    // end::test[]

    @Test
    void refusesWhatIsNoFileOfProducts() {
        assertThat(loader().run("load", "a.csv")).isZero();
        assertThat(loader().run("load")).isEqualTo(2);
        assertThat(loader().run("load", "a.xml")).isEqualTo(3);
    }

    @Test
    void helpLooksAsThePageShowsIt() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        Program program = Program.of(
                "shop",
                config -> config.describedAs("Sells things over HTTP.")
                        .service("serve", "Serve HTTP until stopped", Shop::serve)
                        .task("migrate", "Bring the database's tables up to date", Shop::migrate)
                        .byDefault("serve")
                        .output(print, print));
        assertThat(program.run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                Usage: shop <command> [arguments]

                Sells things over HTTP.

                Commands:
                  serve           Serve HTTP until stopped (also when no command is named)
                  migrate         Bring the database's tables up to date
                  help <command>  Show what a command takes

                SIGTERM or Ctrl-C stops it in good order; a second one ends it at once.
                Exit status: 0 done, or stopped in good order; 1 failed or cut off; 2 wrong arguments.
                """);
    }
}
