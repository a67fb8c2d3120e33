package io.betrue.jobs.daemon;

import io.betrue.jobs.JobException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says in one line what went wrong, and with which status the process ends. */
final class Refusals {
    /** PostgreSQL or NATS cannot be reached, or does not let this user in. */
    static final int UNREACHABLE = 4;

    private static final Map<String, String> LIBRARIES = Map.of(
            "com/zaxxer/hikari/",
            "com.zaxxer:HikariCP",
            "io/nats/",
            "io.nats:jnats",
            "org/flywaydb/",
            "org.flywaydb:flyway-database-postgresql",
            "org/postgresql/",
            "org.postgresql:postgresql");
    private static final String NO_DATABASE = "3D000";
    private static final Set<String> COMES_LATER = Set.of(
            NO_DATABASE,
            "42703", // no such column
            "42P01", // no such table
            "42883", // no such function
            "3F000"); // no such schema

    private Refusals() {}

    static int wrongArguments(ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        PrintWriter err = command.getErr();
        say(err, firstLine(thrown.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(thrown, err)) {
            err.println("try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return CommandLine.ExitCode.USAGE;
    }

    static int failed(Exception thrown, CommandLine command, boolean traced) {
        PrintWriter err = command.getErr();
        if (traced) {
            thrown.printStackTrace(err);
        }
        if (thrown instanceof IllegalArgumentException) { // what was refused came from the command line
            say(err, firstLine(thrown.getMessage()));
            return CommandLine.ExitCode.USAGE;
        }
        if (!(thrown instanceof JobException)) {
            say(err, "unexpected: " + firstLine(thrown.toString()) + " (JOBS_TRACE=1 shows where)");
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (thrown instanceof Unreachable) {
            say(err, firstLine(thrown.getMessage()));
            return UNREACHABLE;
        }
        SQLException refusal = refusal(thrown);
        String reason = refusal == null ? "" : firstLine(refusal.getMessage());
        String message = firstLine(thrown.getMessage());
        say(err, reason.isEmpty() || message.contains(reason) ? message : message + ": " + reason);
        return refusal != null && isUnreachable(refusal) ? UNREACHABLE : CommandLine.ExitCode.SOFTWARE;
    }

    /** {@return what to put on the class path} */
    static String missing(NoClassDefFoundError thrown) {
        String name = firstLine(thrown.getMessage());
        return LIBRARIES.entrySet().stream()
                .filter(library -> name.startsWith(library.getKey()))
                .findFirst()
                .map(library -> library.getValue() + " is missing on the class path")
                .orElse("the class " + name + " is missing on the class path");
    }

    private static void say(PrintWriter err, String text) {
        boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1)); // what picocli says begins with one
        err.println("jobs: " + (word ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text));
        err.flush();
    }

    static String firstLine(@Nullable String text) {
        return text == null || text.isBlank()
                ? "no reason was given"
                : text.strip().lines().findFirst().orElseThrow();
    }

    /** {@return whether it may go away by itself: a database or tables that are not there yet, as when containers start in any order} */
    static boolean mayPass(JobException thrown) {
        if (thrown instanceof Unreachable unreachable) {
            return unreachable.mayPass();
        }
        SQLException refusal = refusal(thrown);
        return refusal != null
                && (COMES_LATER.contains(refusal.getSQLState())
                        || (isUnreachable(refusal) && !state(refusal).startsWith("28")));
    }

    private static boolean isUnreachable(SQLException refusal) {
        String state = state(refusal);
        return state.equals(NO_DATABASE)
                || state.startsWith("08") // connection
                || state.startsWith("28") // wrong password, or not let in
                || state.startsWith("53") // too many connections
                || state.startsWith("57P0"); // starting up, shutting down
    }

    private static String state(SQLException refusal) {
        return refusal.getSQLState() == null ? "" : refusal.getSQLState();
    }

    /** {@return what the database said: the innermost of the causes} */
    private static @Nullable SQLException refusal(Throwable thrown) {
        SQLException last = null;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (last == null || sql.getSQLState() != null)) {
                last = sql;
            }
        }
        return last;
    }
}
