package io.betrue.examples.loadclient;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: makes load on a running application, and checks its books afterwards. */
@Command(
        name = "load-client",
        description = "Makes load on the first application and checks its books.",
        mixinStandardHelpOptions = true,
        version = "0.1.0-SNAPSHOT",
        subcommands = {RunCommand.class, CheckCommand.class})
public final class LoadClient {
    private LoadClient() {}

    /**
     * Runs the program and ends the process: with 0 when all is well, with 1 when something is not, with 2 when the command
     * line is wrong.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** {@return the program without the end of the process} */
    static CommandLine commandLine() {
        return new CommandLine(new LoadClient())
                .registerConverter(Duration.class, Durations::parse)
                .registerConverter(Mix.class, Mix::parse)
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    if (!(thrown instanceof LoadException)) {
                        throw thrown;
                    }
                    command.getErr().println("load-client: " + thrown.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }
}
