package io.betrue.config;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the documentation of an application's settings, or checks that it is up to date.
 * <p>The settings are constructed without any source: no variable is read, nothing is judged, and nothing of the
 * application runs but the constructors of its settings. Secrets show neither value nor default.
 * <p>{@code --help} prints the command line.
 */
public final class ConfigDocs {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;

    private final PrintStream out;
    private final PrintStream err;

    private ConfigDocs(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Runs the command and ends the process with its exit status.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        PrintStream utf8 = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(utf8, System.err, args));
    }

    /**
     * Runs the command in this process; for build tools and tests.
     *
     * @param out where the documentation or the difference goes
     * @param err where errors go
     * @param args the command line
     * @return the exit status: 0 done or up to date, 1 not up to date or not possible, 2 wrong arguments
     */
    public static int run(PrintStream out, PrintStream err, String... args) {
        return new ConfigDocs(out, err).run(args);
    }

    private int run(String... args) {
        DocsArguments arguments;
        Constructor<?> constructor;
        try {
            arguments = DocsArguments.parse(args);
            if (arguments.isHelp()) {
                out.print(DocsArguments.USAGE);
                return DONE;
            }
            constructor = constructor(arguments.className());
        } catch (Refusal refusal) {
            err.println("ConfigDocs: " + refusal.reason() + "; --help tells more.");
            return WRONG_ARGUMENTS;
        }
        try {
            return write(arguments, document(arguments, constructor));
        } catch (Refusal refusal) {
            err.println("ConfigDocs: " + refusal.reason() + ".");
        } catch (IOException e) {
            err.println("ConfigDocs: " + arguments.out() + " cannot be read or written: " + e + ".");
        }
        return FAILED;
    }

    private static Constructor<?> constructor(String className) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            Class<?> type = Class.forName(className, false, loader);
            if (!Configured.class.isAssignableFrom(type)) {
                throw new Refusal(className + " is neither a ConfigSet nor a ConfigGroup");
            }
            Constructor<?> constructor = type.getDeclaredConstructor(Environment.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new Refusal("the class " + className + " is not on the class path, or a class it needs is not");
        } catch (NoSuchMethodException e) {
            throw new Refusal(className + " has no constructor that takes an Environment");
        }
    }

    private static String document(DocsArguments arguments, Constructor<?> constructor) {
        Session session = Session.documenting(arguments.environment());
        Object settings = session.construct(
                env -> construct(constructor, env), arguments.environment().in(session, "", ""));
        if (session.thrown() instanceof Refusal refusal) {
            throw new Refusal(arguments.className() + " cannot be documented: " + refusal.reason());
        }
        List<ConfigFault> faults = session.errors();
        if (settings == null || !faults.isEmpty()) {
            throw new Refusal(arguments.className() + " cannot be documented: "
                    + FaultTable.errors(faults).strip());
        }
        String name = constructor.getDeclaringClass().getSimpleName();
        return switch (arguments.format()) {
            case "markdown" -> MarkdownDocs.render(session);
            case "dotenv" -> DotEnvDocs.render(session, name);
            case "json-schema" -> JsonSchemaDocs.render(session, name);
            default -> KubernetesDocs.render(session, name);
        };
    }

    private static Object construct(Constructor<?> constructor, Environment env) {
        try {
            return constructor.newInstance(env);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new Refusal("its constructor threw " + e.getCause());
        } catch (InstantiationException e) {
            throw new Refusal("it is abstract");
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new Refusal("it cannot be constructed: " + (e.getCause() == null ? e : e.getCause()));
        }
    }

    private int write(DocsArguments arguments, String text) throws IOException {
        Path file = arguments.out();
        if (file == null) {
            out.print(text);
            out.flush();
            return DONE;
        }
        DocsFile target = DocsFile.read(file);
        if (!arguments.isCheck()) {
            target.write(text, arguments.format().equals("markdown"));
            return DONE;
        }
        String difference = target.difference(text, arguments.format().equals("markdown"));
        out.print(difference);
        out.flush();
        if (difference.isEmpty()) {
            return DONE;
        }
        err.println("ConfigDocs: " + file + " is not up to date; run the command without --check.");
        return FAILED;
    }
}
