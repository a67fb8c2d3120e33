package io.betrue.process;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A program of several commands, and the life of its process: from the command line over start, readiness and stop to the exit status.
 * <pre>{@code
 * Program.of("shop", program -> program
 *                 .service("serve", "Serve HTTP until stopped", Shop::serve)
 *                 .task("migrate", "Bring the tables up to date", Shop::migrate))
 *         .runAndExit(arguments);
 * }</pre>
 * Exit status: 0 done, or stopped in good order; 1 failed, or cut off by a limit or a second signal; 2 wrong arguments; others as {@link
 * ProcessException} and {@link Run#exitCode} say.
 *
 * <p>Immutable and safe for use by multiple threads. It can be run more than once.
 */
public final class Program {
    /** Done, or stopped in good order. */
    static final int DONE = 0;

    /** Failed or cut off. */
    static final int FAILED = 1;

    /** Not understood. */
    static final int WRONG_ARGUMENTS = 2;

    private static final String HELP = "--help";
    private static final String SHORT_HELP = "-h";

    private final String name;
    private final ProgramConfig config;
    private final List<Declared> commands;
    private final Set<Class<? extends Throwable>> messageOnly;

    private Program(String name, ProgramConfig config) {
        this.name = name;
        this.config = config;
        this.commands = config.commands();
        this.messageOnly = config.messageOnly();
    }

    /**
     * Declares a program.
     *
     * @param name what people call it; begins the lines on the standard error
     * @param config says what it can do; called once, here
     * @return the program
     * @throws IllegalArgumentException if it has no command, or the command by default is none of them
     */
    public static Program of(String name, Consumer<ProgramConfig> config) {
        ProgramConfig collected = new ProgramConfig();
        config.accept(collected);
        if (collected.commands().isEmpty()) {
            throw new IllegalArgumentException("a program needs a command");
        }
        Program program = new Program(name, collected);
        if (!collected.byDefault().isEmpty()
                && program.command(collected.byDefault()).isEmpty()) {
            throw new IllegalArgumentException("the command by default, " + Words.quote(collected.byDefault())
                    + ", is none of " + program.names());
        }
        return program;
    }

    /**
     * Runs what the command line asks for, and ends the process.
     *
     * <p>SIGTERM, SIGINT (Ctrl-C) and SIGHUP tell the run to stop, with exit status 0; a second one runs the {@linkplain PartConfig#abort aborts} and
     * ends the process at once with 1. {@code System.exit} stops the run in good order first, and keeps its status. Shutdown hooks of others have five
     * seconds after that. Neither a thread that stays nor a hook that hangs keeps the process alive.
     *
     * @param arguments the command line
     */
    public void runAndExit(String... arguments) {
        runAndExit(new Jvm(), arguments);
    }

    void runAndExit(Machine machine, String... arguments) {
        int status = FAILED;
        try {
            status = run(List.of(arguments), machine.time(), execution -> {
                machine.onSignal(signal -> {
                    if (execution.signal(signal)) {
                        machine.halt(FAILED);
                    }
                });
                machine.onEnd(execution::jvmEnds);
            });
        } finally {
            machine.exit(status);
        }
    }

    /**
     * Runs what the command line asks for in this process, and neither hears signals nor ends it: for tests, and for a process that has another main.
     * An interrupt of the calling thread tells the run to stop.
     *
     * @param arguments the command line
     * @return the exit status
     */
    public int run(String... arguments) {
        return run(Time.real(), arguments);
    }

    int run(Time time, String... arguments) {
        return run(List.of(arguments), time, execution -> {});
    }

    private int run(List<String> arguments, Time time, Consumer<Execution> prepare) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        if (first.equals(HELP) || first.equals(SHORT_HELP)) {
            return help(List.of());
        }
        if (first.equals("help")) {
            return help(arguments.subList(1, arguments.size()));
        }
        boolean isNamed = !first.isEmpty() && !first.startsWith("-");
        Optional<Declared> command = command(isNamed ? first : config.byDefault());
        if (command.isEmpty()) {
            return refuse(
                    isNamed
                            ? "there is no command " + Words.quote(first) + ", only " + names()
                            : "a command is missing: " + names());
        }
        List<String> rest = isNamed ? arguments.subList(1, arguments.size()) : arguments;
        return run(command.get(), List.copyOf(rest), time, prepare);
    }

    private int run(Declared command, List<String> arguments, Time time, Consumer<Execution> prepare) {
        if (!command.config().hasOwnHelp() && (arguments.contains(HELP) || arguments.contains(SHORT_HELP))) {
            return help(List.of(command.name()));
        }
        if (!command.takesArguments() && !arguments.isEmpty()) {
            return refuse(command.name() + " takes no arguments, and not " + Words.quote(arguments.get(0)));
        }
        Execution execution = new Execution(this, command, arguments, time);
        prepare.accept(execution);
        return execution.run();
    }

    private int help(List<String> about) {
        if (about.isEmpty()) {
            config.out().print(Help.of(name, config));
        } else {
            Optional<Declared> command = command(about.get(0));
            if (command.isEmpty()) {
                return refuse("there is no command " + Words.quote(about.get(0)) + ", only " + names());
            }
            config.out().print(Help.of(name, command.get()));
        }
        config.out().flush();
        return DONE;
    }

    private int refuse(String message) {
        config.err().println(name + ": " + message);
        config.err().println("Try \"" + name + " --help\".");
        return WRONG_ARGUMENTS;
    }

    private Optional<Declared> command(String named) {
        return commands.stream().filter(command -> command.name().equals(named)).findFirst();
    }

    private String names() {
        return commands.stream().map(Declared::name).collect(Collectors.joining(", "));
    }

    String name() {
        return name;
    }

    Set<Class<? extends Throwable>> messageOnly() {
        return messageOnly;
    }

    PrintStream out() {
        return config.out();
    }

    PrintStream err() {
        return config.err();
    }
}
