package io.betrue.process;

import java.util.List;

/** What a program says about itself. */
final class Help {
    private static final String EXIT_STATUS =
            "Exit status: 0 done, or stopped in good order; 1 failed or cut off; 2 wrong arguments.";

    private Help() {}

    static String of(String program, ProgramConfig config) {
        StringBuilder text = new StringBuilder("Usage: " + program + " <command> [arguments]\n");
        paragraph(text, config.description());
        text.append("\nCommands:\n");
        List<Declared> commands = config.commands();
        int width = "help <command>".length();
        for (Declared command : commands) {
            width = Math.max(width, typed(command).length());
        }
        for (Declared command : commands) {
            String also = command.name().equals(config.byDefault()) ? " (also when no command is named)" : "";
            line(text, width, typed(command), command.summary() + also);
        }
        line(text, width, "help <command>", "Show what a command takes");
        paragraph(text, config.footer());
        if (commands.stream().anyMatch(Declared::isService)) {
            paragraph(text, "SIGTERM or Ctrl-C stops it in good order; a second one ends it at once.");
            text.append(EXIT_STATUS).append('\n');
        } else {
            paragraph(text, EXIT_STATUS);
        }
        return text.toString();
    }

    static String of(String program, Declared command) {
        StringBuilder text = new StringBuilder("Usage: " + program + " " + typed(command) + "\n");
        paragraph(text, command.summary() + ".");
        paragraph(text, command.config().details());
        return text.toString();
    }

    private static String typed(Declared command) {
        return (command.name() + " " + command.config().arguments()).strip();
    }

    private static void line(StringBuilder text, int width, String left, String right) {
        text.append("  ")
                .append(left)
                .append(" ".repeat(width - left.length() + 2))
                .append(right)
                .append('\n');
    }

    private static void paragraph(StringBuilder text, String paragraph) {
        if (!paragraph.isEmpty()) {
            text.append('\n').append(paragraph).append('\n');
        }
    }
}
