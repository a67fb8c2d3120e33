package io.betrue.jobs.daemon;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Removes old jobs. */
@Command(
        name = "prune",
        description = "Removes ended jobs that are older than they are kept for, and prints how many.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class PruneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Override
    public Integer call() {
        return connection.with(jobs -> {
            spec.commandLine().getOut().println(jobs.control().prune());
            spec.commandLine().getOut().flush();
            return 0;
        });
    }
}
