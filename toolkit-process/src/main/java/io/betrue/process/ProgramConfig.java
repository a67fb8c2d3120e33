package io.betrue.process;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What a program can do. Mutable, for the call that it is handed to only. */
public final class ProgramConfig {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Set<String> TAKEN = Set.of("help");

    private final List<Declared> commands = new ArrayList<>();
    private final List<Class<? extends Throwable>> messageOnly = new ArrayList<>();
    private String description = "";
    private String footer = "";
    private String byDefault = "";
    private PrintStream out = System.out;
    private PrintStream err = System.err;

    ProgramConfig() {}

    /**
     * Says what the program is for, at the top of its help.
     *
     * @param description any number of lines
     * @return this
     */
    public ProgramConfig describedAs(String description) {
        this.description = description.strip();
        return this;
    }

    /**
     * Says what else is good to know, at the end of the help.
     *
     * @param footer any number of lines
     * @return this
     */
    public ProgramConfig footer(String footer) {
        this.footer = footer.strip();
        return this;
    }

    /**
     * Adds a command that goes on until it is stopped. Its method starts the parts and returns; then the run is {@link Readiness#READY}. Told to stop while
     * it starts, it ends with 0. Arguments are refused.
     *
     * @param name what is typed: small letters, digits and hyphens, at most 40
     * @param summary one line for people
     * @param start starts its parts
     * @return this
     * @throws IllegalArgumentException if the name is malformed, taken, or {@code help}
     */
    public ProgramConfig service(String name, String summary, PlainCommand start) {
        return add(new Declared(name, summary, new CommandConfig(), true, false, plain(start)));
    }

    /**
     * Adds a command that goes on until it is stopped, and takes arguments.
     *
     * @param name what is typed: small letters, digits and hyphens, at most 40
     * @param summary one line for people
     * @param start starts its parts
     * @param config what it takes
     * @return this
     * @throws IllegalArgumentException if the name is malformed, taken, or {@code help}
     */
    public ProgramConfig service(String name, String summary, Command start, Consumer<CommandConfig> config) {
        return add(new Declared(name, summary, configured(config), true, true, start));
    }

    /**
     * Adds a command that ends when its method returns; what that has started is stopped then. Told to stop before, it has not done its work, and ends
     * with 1 unless its method returns all the same. Arguments are refused.
     *
     * @param name what is typed: small letters, digits and hyphens, at most 40
     * @param summary one line for people
     * @param work what it does
     * @return this
     * @throws IllegalArgumentException if the name is malformed, taken, or {@code help}
     */
    public ProgramConfig task(String name, String summary, PlainCommand work) {
        return add(new Declared(name, summary, new CommandConfig(), false, false, plain(work)));
    }

    /**
     * Adds a command that ends when its method returns, and takes arguments.
     *
     * @param name what is typed: small letters, digits and hyphens, at most 40
     * @param summary one line for people
     * @param work what it does
     * @param config what it takes
     * @return this
     * @throws IllegalArgumentException if the name is malformed, taken, or {@code help}
     */
    public ProgramConfig task(String name, String summary, Command work, Consumer<CommandConfig> config) {
        return add(new Declared(name, summary, configured(config), false, true, work));
    }

    /**
     * Which command runs where none is named: with no arguments at all, or where the first one begins with a hyphen. Without this such a command line is
     * refused.
     *
     * @param name one of the commands
     * @return this
     */
    public ProgramConfig byDefault(String name) {
        byDefault = name;
        return this;
    }

    /**
     * Failures whose message says all: they are told without the name of their class, and their trace is logged at DEBUG instead of ERROR. A {@link
     * ProcessException} is always told so.
     *
     * @param failures their classes, subclasses included
     * @return this
     */
    @SafeVarargs
    public final ProgramConfig messageOnly(Class<? extends Throwable>... failures) {
        for (Class<? extends Throwable> failure : failures) {
            messageOnly.add(failure);
        }
        return this;
    }

    /**
     * Where results and errors go: the standard output and the standard error unless this says otherwise.
     *
     * @param out for {@link Run#out} and help
     * @param err for {@link Run#err} and failures
     * @return this
     */
    public ProgramConfig output(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        return this;
    }

    private ProgramConfig add(Declared command) {
        String name = command.name();
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a command's name is small letters, digits and hyphens, at most 40, not " + Words.quote(name));
        }
        if (TAKEN.contains(name)
                || commands.stream().anyMatch(other -> other.name().equals(name))) {
            throw new IllegalArgumentException("there already is a command " + Words.quote(name));
        }
        commands.add(command);
        return this;
    }

    private static CommandConfig configured(Consumer<CommandConfig> config) {
        CommandConfig command = new CommandConfig();
        config.accept(command);
        return command;
    }

    private static Command plain(PlainCommand command) {
        return (run, arguments) -> command.run(run);
    }

    List<Declared> commands() {
        return List.copyOf(commands);
    }

    Set<Class<? extends Throwable>> messageOnly() {
        return Set.copyOf(messageOnly);
    }

    String description() {
        return description;
    }

    String footer() {
        return footer;
    }

    String byDefault() {
        return byDefault;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }
}
