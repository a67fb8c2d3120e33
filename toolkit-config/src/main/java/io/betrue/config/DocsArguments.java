package io.betrue.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of {@link ConfigDocs}. */
final class DocsArguments {
    static final String USAGE = """
            Usage: java -cp CLASSPATH io.betrue.config.ConfigDocs CLASS --format FORMAT [--out FILE [--check]]

            Documents the settings of CLASS, a ConfigSet or ConfigGroup with a constructor that takes an Environment.
            Reads no variable, opens no port and does not start the application.

              --format FORMAT      markdown    a table per group, between the lines that contain
                                               [envs]: start and [envs]: end when FILE exists
                                   dotenv      an .env.example
                                   json-schema a JSON Schema (2020-12) of the variables
                                   kubernetes  a ConfigMap and a Secret to fill in
              --out FILE           the file to write; standard output when left out
              --check              write nothing; print the difference and exit 1 when FILE is not up to date
              --profiles VAR=A,B   the profiles, when the application names its own
              --help               print this

            Exit status: 0 done or up to date, 1 not up to date or not possible, 2 wrong arguments.
            """;

    private static final List<String> FORMATS = List.of("markdown", "dotenv", "json-schema", "kubernetes");

    private boolean help;
    private boolean check;
    private @Nullable String className;
    private @Nullable String format;
    private @Nullable Path out;
    private @Nullable String profiles;

    private DocsArguments() {}

    /**
     * Reads a command line.
     *
     * @throws Refusal if it is not one of ours
     */
    static DocsArguments parse(String... args) {
        DocsArguments parsed = new DocsArguments();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            switch (arg) {
                case "--help", "-h" -> parsed.help = true;
                case "--check" -> parsed.check = true;
                case "--format", "--out", "--profiles" -> parsed.option(arg, valueAfter(args, i++));
                default -> parsed.className(arg);
            }
        }
        if (!parsed.help) {
            parsed.requireComplete();
        }
        return parsed;
    }

    private static String valueAfter(String[] args, int at) {
        if (at + 1 == args.length || args[at + 1].startsWith("--")) {
            throw new Refusal(args[at] + " needs a value");
        }
        return args[at + 1];
    }

    private void option(String name, String value) {
        switch (name) {
            case "--format" -> format = requireFormat(value.toLowerCase(Locale.ROOT));
            case "--profiles" -> profiles = requireProfiles(value);
            default -> {
                try {
                    out = Path.of(value);
                } catch (InvalidPathException e) {
                    throw new Refusal("--out " + value + " is not a path");
                }
            }
        }
    }

    private static String requireFormat(String format) {
        if (!FORMATS.contains(format)) {
            throw new Refusal("--format " + format + " " + TextTypes.notOneOf(format, FORMATS));
        }
        return format;
    }

    private static String requireProfiles(String value) {
        int equals = value.indexOf('=');
        if (equals < 1 || equals == value.length() - 1) {
            throw new Refusal("--profiles " + value + " is not of the form VAR=A,B");
        }
        return value;
    }

    private void className(String arg) {
        if (arg.startsWith("-")) {
            throw new Refusal(arg + " is no option");
        }
        if (className != null) {
            throw new Refusal("only one class can be documented, given are " + className + " and " + arg);
        }
        className = arg;
    }

    private void requireComplete() {
        if (className == null) {
            throw new Refusal("the class to document is missing");
        }
        if (format == null) {
            throw new Refusal("--format is missing: it " + TextTypes.notOneOf("", FORMATS));
        }
        if (check && out == null) {
            throw new Refusal("--check needs --out, the file to compare with");
        }
    }

    boolean isHelp() {
        return help;
    }

    boolean isCheck() {
        return check;
    }

    String className() {
        return className == null ? "" : className;
    }

    String format() {
        return format == null ? "" : format;
    }

    @Nullable
    Path out() {
        return out;
    }

    /** {@return an environment with the named profiles; it has no variables} */
    Environment environment() {
        Environment env = Environment.of(Map.of());
        String text = profiles;
        if (text == null) {
            return env;
        }
        int equals = text.indexOf('=');
        return env.withProfiles(
                text.substring(0, equals), text.substring(equals + 1).split(","));
    }
}
