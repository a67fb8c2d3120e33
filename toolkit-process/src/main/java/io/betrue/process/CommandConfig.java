package io.betrue.process;

/** What a command takes. Mutable, for the call that it is handed to only. */
public final class CommandConfig {
    private String arguments = "";
    private String details = "";
    private boolean ownHelp;

    CommandConfig() {}

    /**
     * Shows what follows the command's name.
     *
     * @param arguments a short form, such as {@code [--ephemeral]} or {@code <file>...}; one line
     * @return this
     */
    public CommandConfig arguments(String arguments) {
        this.arguments = arguments;
        return this;
    }

    /**
     * Explains the arguments, for {@code help <command>}.
     *
     * @param details any number of lines
     * @return this
     */
    public CommandConfig details(String details) {
        this.details = details.strip();
        return this;
    }

    /**
     * Hands {@code --help} to the command instead of answering it: for a command that is a program of its own.
     *
     * @return this
     */
    public CommandConfig ownHelp() {
        ownHelp = true;
        return this;
    }

    String arguments() {
        return arguments;
    }

    String details() {
        return details;
    }

    boolean hasOwnHelp() {
        return ownHelp;
    }
}
