package io.betrue.errors;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an application's error catalogue to a file, by command and without starting the application.
 *
 * <p>{@code java -cp app.jar io.betrue.errors.ErrorDocs com.acme.ShopError --format markdown --out docs/errors.md}
 */
public final class ErrorDocs {
    private static final int OK = 0;
    private static final int DRIFT = 1;
    private static final int USAGE = 2;
    private static final String HELP = """
            Usage: java -cp … io.betrue.errors.ErrorDocs [CLASS…] [--format markdown|json] [--out FILE [--check]]
              CLASS     an enum that implements ErrorCode; the standard codes are always there
              --format  markdown (default) or json
              --out     the file to write; without it, the standard output. Markdown goes between
                        the lines with [errors]: start and [errors]: end, all else in the file stays
              --check   write nothing; exit 1 if the file is not what would be written
            Exit: 0 done, 1 the file differs or cannot be used, 2 wrong arguments.
            """;

    private final List<Class<?>> classes = new ArrayList<>();
    private String format = "markdown";
    private @Nullable Path file;
    private boolean check;

    private ErrorDocs() {}

    /**
     * Runs the command and ends the JVM.
     *
     * @param args the arguments; {@code --help} explains them
     */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        if (List.of(args).contains("--help")) {
            out.print(HELP);
            return OK;
        }
        ErrorDocs command = new ErrorDocs();
        String text;
        try {
            command.parse(List.of(args));
            text = command.text();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(HELP);
            return USAGE;
        }
        try {
            return command.write(text, out, err);
        } catch (IOException e) {
            err.println("cannot use " + command.file + ": " + reason(e));
            return DRIFT;
        }
    }

    /** Exceptions of the file system say only the path, so that their kind is the reason. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
    }

    private void parse(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            switch (args.get(i)) {
                case "--check" -> check = true;
                case "--format" -> format = valueOf(args, i++);
                case "--out" -> file = Path.of(valueOf(args, i++));
                default -> classes.add(codeClass(args.get(i)));
            }
        }
        if (!format.equals("markdown") && !format.equals("json")) {
            throw new IllegalArgumentException("--format must be markdown or json, was \"" + format + "\"");
        }
        if (check && file == null) {
            throw new IllegalArgumentException("--check needs --out FILE to compare with");
        }
    }

    private static String valueOf(List<String> args, int option) {
        if (option + 1 >= args.size()) {
            throw new IllegalArgumentException(args.get(option) + " needs a value");
        }
        return args.get(option + 1);
    }

    private static Class<?> codeClass(String name) {
        if (name.startsWith("-")) {
            throw new IllegalArgumentException("there is no option " + name);
        }
        try {
            Class<?> type = Class.forName(name);
            if (!type.isEnum() || !ErrorCode.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException(
                        name + " is not an enum that implements " + ErrorCode.class.getName());
            }
            return type;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException("class " + name + " cannot be loaded: " + e, e);
        }
    }

    private String text() {
        ErrorCatalogue catalogue = ErrorCatalogue.of();
        for (Class<?> type : classes) {
            catalogue = catalogue.and((ErrorCode[]) type.getEnumConstants());
        }
        return format.equals("json") ? catalogue.toJson() : catalogue.toMarkdown();
    }

    private int write(String text, PrintStream out, PrintStream err) throws IOException {
        if (file == null) {
            out.print(text);
            return OK;
        }
        ErrorDocsFile docs = ErrorDocsFile.of(file, text, format.equals("markdown"));
        if (check && !docs.isUpToDate()) {
            err.println(file + " is not up to date; run the same command without --check");
            return DRIFT;
        }
        docs.write();
        return OK;
    }
}
