package io.betrue.examples.loadclient;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the books. */
@Command(
        name = "check",
        description = "Compares a history with the books of the application, when no load runs any more.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class CheckCommand implements Callable<Integer> {
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
            description = "A history that run wrote, with FILE.users beside it.")
    private Path history;

    @Option(
            names = "--database-url",
            paramLabel = "JDBC-URL",
            description =
                    "Check the double entry in the PostgreSQL database too, such as jdbc:postgresql://127.0.0.1/bank?user=u&password=p.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long to wait for an answer.")
    private Duration timeout;

    @Option(names = "--allow-remote", description = "Permit a target that is not on this machine.")
    private boolean allowRemote;

    @Override
    public Integer call() {
        List<URI> targets = targets();
        List<Property> properties = new ArrayList<>();
        try (Api api = new Api(targets, timeout)) {
            History told = History.read(history);
            List<Credentials> users = Credentials.read(Credentials.fileFor(history));
            Books books = new BooksReader(api).read(users, told.run().currencies());
            properties.addAll(Checker.check(told, books));
        } catch (IOException e) {
            throw new LoadException("the history cannot be read: " + e, e);
        }
        if (databaseUrl != null) {
            properties.addAll(DoubleEntry.check(databaseUrl));
        }
        PrintWriter out = spec.commandLine().getOut();
        properties.stream().flatMap(property -> property.report().stream()).forEach(out::println);
        out.flush();
        return properties.stream().allMatch(Property::holds) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<URI> targets() {
        try {
            if (!Files.isReadable(history)) {
                throw new IllegalArgumentException("history " + history + " is not a readable file");
            }
            if (databaseUrl != null && !databaseUrl.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("--database-url does not begin with jdbc:postgresql:");
            }
            return Target.all(urls, allowRemote);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
