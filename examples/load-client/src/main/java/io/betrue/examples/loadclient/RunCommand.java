package io.betrue.examples.loadclient;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes load. */
@Command(
        name = "run",
        description = "Makes different requests at a steady rate and writes down what came of each.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class RunCommand implements Callable<Integer> {
    private static final Duration LEAST_WHILE_PREPARING = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            required = true,
            split = ",",
            paramLabel = "URL",
            description =
                    "The application, such as http://127.0.0.1:8080; several, with a comma between them, are taken in turn.")
    private List<String> urls;

    @Option(
            names = "--history",
            required = true,
            paramLabel = "FILE",
            description = "A new file for the history; the users' passwords go to FILE.users.")
    private Path history;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "100", description = "Requests a second, 0.1..10000.")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long, such as 500ms, 60s, 5m or 1h.")
    private Duration duration;

    @Option(
            names = "--ramp",
            paramLabel = "TIME",
            description = "How long the rate grows from nothing, as part of the duration. By default not at all.")
    private @Nullable Duration ramp;

    @Option(
            names = "--mix",
            paramLabel = "KIND=WEIGHT,...",
            description = "How often each kind of request is made. By default all kinds.")
    private @Nullable Mix mix;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "20",
            description = "Accounts to register at the start, 2..1000.")
    private int users;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "What the requests are drawn from. By default by chance, and printed.")
    private @Nullable Long seed;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most requests under way at once; one beyond that is counted as not sent.")
    private int inFlight;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "How long to wait for an answer; while the load is prepared, at least 5 s.")
    private Duration timeout;

    @Option(
            names = "--retry-unknown",
            description = "Send a write of unknown outcome again with the same Idempotency-Key.")
    private boolean retryUnknown;

    @Option(names = "--tolerate-unavailable", description = "Lost connections, time-outs and 503 are not unexpected.")
    private boolean tolerateUnavailable;

    @Option(names = "--allow-remote", description = "Permit a target that is not on this machine.")
    private boolean allowRemote;

    @Override
    public Integer call() {
        RunOptions options = options();
        Stats stats = new Stats();
        try (Api api = new Api(options.targets(), options.timeout());
                Api preparing = new Api(options.targets(), patient(options.timeout()))) {
            run(options, preparing, api, stats);
        } catch (FileAlreadyExistsException e) {
            throw new LoadException(e.getMessage() + " exists already; --history names a new file", e);
        } catch (IOException e) {
            throw new LoadException("the history cannot be written: " + e, e);
        }
        return stats.snapshot().unexpected() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static Duration patient(Duration timeout) {
        return timeout.compareTo(LEAST_WHILE_PREPARING) < 0 ? LEAST_WHILE_PREPARING : timeout;
    }

    private void run(RunOptions options, Api preparing, Api api, Stats stats) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        Registration registration = new Registration(preparing, clock);
        String run = registration.newRun();
        out.printf("run %s, seed %d: registering %d users%n", run, options.seed(), options.users());
        out.flush();
        List<User> registered = registration.register(run, options.users());
        List<Currency> currencies = registration.currencies(registered.get(0));
        Credentials.write(
                Credentials.fileFor(options.history()),
                registered.stream().map(User::credentials).toList());
        Event.Run first = new Event.Run(
                1,
                run,
                String.join(",", urls),
                options.seed(),
                options.schedule().rate(),
                currencies);
        try (HistoryWriter writer = HistoryWriter.create(options.history(), clock, first);
                Progress progress = new Progress(stats, out, CommandLine.Help.Ansi.AUTO.enabled());
                Load load = new Load(options, registered, currencies, new Load.Parts(clock, api, writer, stats));
                StopOnSignal signals = new StopOnSignal(load::stop, load.patience())) {
            signals.arm();
            progress.start();
            load.run();
            progress.end();
            stats.report().forEach(out::println);
            out.flush();
        }
    }

    private RunOptions options() {
        try {
            List<URI> targets = Target.all(urls, allowRemote);
            long drawn = seed == null ? new SecureRandom().nextInt(1_000_000) : seed;
            return new RunOptions(
                    targets,
                    new Schedule(rate, duration, ramp == null ? Duration.ZERO : ramp),
                    mix == null ? Mix.standard() : mix,
                    users,
                    drawn,
                    history,
                    inFlight,
                    timeout,
                    retryUnknown,
                    tolerateUnavailable);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
