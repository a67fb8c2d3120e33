package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the document of an application to a file, or compares it with one, by command and without opening a port.
 *
 * <p>{@code java -cp … io.betrue.swagger.OpenApiExport com.acme.Shop --out openapi.json --check}, where {@code com.acme.Shop} is a public class with a public
 * constructor without parameters that implements {@code Supplier<Javalin>} and starts nothing.
 */
public final class OpenApiExport {
    private static final int OK = 0;
    private static final int CHANGED = 1;
    private static final int USAGE = 2;
    private static final int BREAKING = 3;
    private static final String HELP = """
            Usage: java -cp … io.betrue.swagger.OpenApiExport CLASS [--form json-31|json-30|yaml-31|yaml-30] [--out FILE [--check]]
              CLASS    implements Supplier<Javalin>: gives the application, not started
              --form   json-31 (default) is OpenAPI 3.1 as JSON
              --out    the file to write; without it, the standard output
              --check  write nothing; say whether the file is what would be written, and if not, whether
                       the change can break a client
            Exit: 0 done or the same, 1 the file differs in a way that breaks no client or cannot be used,
                  2 wrong arguments, 3 the file differs in a way that can break a client.
            """;

    private DocumentForm form = DocumentForm.JSON_31;
    private @Nullable Path file;
    private boolean check;

    private OpenApiExport() {}

    /**
     * Runs the command and ends the JVM.
     *
     * @param args the arguments; {@code --help} explains them
     */
    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /**
     * Runs the command for an application that the caller has made, for one that needs more than a class name to be made.
     *
     * @param app the application, started or not
     * @param args the arguments without a class
     * @return the exit code: 0 done or the same, 1 changed, 2 wrong arguments, 3 changed in a way that can break a client
     */
    public static int run(Javalin app, String... args) {
        return run(() -> app, Arrays.asList(args), System.out, System.err);
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        List<String> all = List.of(args);
        if (all.contains("--help")) {
            out.print(HELP);
            return OK;
        }
        Supplier<Javalin> app;
        try {
            if (all.isEmpty() || all.get(0).startsWith("-")) {
                throw new IllegalArgumentException("the first argument is a class");
            }
            app = supplier(all.get(0));
        } catch (IllegalArgumentException e) {
            return usage(e, err);
        }
        return run(app, all.subList(1, all.size()), out, err);
    }

    static int run(Supplier<Javalin> app, List<String> args, PrintStream out, PrintStream err) {
        OpenApiExport command = new OpenApiExport();
        try {
            command.parse(args);
        } catch (IllegalArgumentException e) {
            return usage(e, err);
        }
        Javalin made = app.get();
        OpenApi documents;
        try {
            documents = OpenApi.of(made);
        } catch (IllegalArgumentException e) {
            return usage(e, err);
        }
        documents.warnings().forEach(warning -> err.println("warning: " + warning));
        try {
            return command.use(documents.document(command.form), out, err);
        } catch (IOException e) {
            String reason = e instanceof FileSystemException ? e.toString() : String.valueOf(e.getMessage());
            err.println("cannot use " + command.file + ": " + reason);
            return CHANGED;
        }
    }

    private static int usage(IllegalArgumentException e, PrintStream err) {
        err.println(e.getMessage());
        err.print(HELP);
        return USAGE;
    }

    private void parse(List<String> args) {
        for (int i = 0; i < args.size(); i++) {
            switch (args.get(i)) {
                case "--check" -> check = true;
                case "--form" -> form = formOf(valueOf(args, i++));
                case "--out" -> file = Path.of(valueOf(args, i++));
                default -> throw new IllegalArgumentException("there is no option " + args.get(i));
            }
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

    private static DocumentForm formOf(String name) {
        for (DocumentForm form : DocumentForm.values()) {
            if (form.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return form;
            }
        }
        throw new IllegalArgumentException("--form must be json-31, json-30, yaml-31 or yaml-30, was \"" + name + "\"");
    }

    @SuppressWarnings("unchecked") // what it gives is checked when it is given
    private static Supplier<Javalin> supplier(String name) {
        try {
            Object made = Class.forName(name).getConstructor().newInstance();
            if (made instanceof Supplier<?> supplier) {
                return (Supplier<Javalin>) supplier;
            }
            throw new IllegalArgumentException(name + " does not implement Supplier<Javalin>");
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("the constructor of " + name + " fails: " + e.getCause(), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException("class " + name + " cannot be made without arguments: " + e, e);
        }
    }

    private int use(byte[] document, PrintStream out, PrintStream err) throws IOException {
        if (file == null) {
            out.writeBytes(document);
            out.flush();
            return OK;
        }
        if (!check) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(file, document);
            return OK;
        }
        byte[] committed = Files.readAllBytes(file);
        if (Arrays.equals(committed, document)) {
            return OK;
        }
        List<String> breaking = Compatibility.breaking(read(committed), read(document));
        err.println(file + " is not up to date; run the same command without --check");
        if (breaking.isEmpty()) {
            err.println("not breaking: nothing of the change breaks a client");
            return CHANGED;
        }
        err.println("breaking: the change can break a client");
        breaking.forEach(change -> err.println("  " + change));
        return BREAKING;
    }

    private JsonNode read(byte[] document) throws IOException {
        ObjectMapper mapper = form.isYaml() ? new YAMLMapper() : new ObjectMapper();
        return mapper.readTree(document);
    }
}
