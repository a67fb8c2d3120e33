package io.betrue.examples.microservices;

import java.io.Console;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Writes lines of many processes one below the other, each with who says it in front, in a colour of its own where a terminal is there to show it. Safe for use by multiple threads. */
final class Terminal {
    private static final int[] COLOURS = {36, 33, 32, 35, 34, 96, 93, 92, 95, 94};
    private static final int WIDTH = 10;
    private static final String PLAIN = "\u001b[0m";
    private static final String LOUD = "\u001b[1;31m";

    private final PrintStream out;
    private final boolean coloured;
    private final List<String> names = new ArrayList<>(); // guarded by this

    Terminal(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    /** {@return one that has colours unless its output goes elsewhere than to a terminal, or {@code NO_COLOR} is set (no-color.org)} */
    static Terminal of(PrintStream out) {
        String refused = System.getenv("NO_COLOR");
        return new Terminal(out, isTerminal() && (refused == null || refused.isEmpty()));
    }

    /** From JDK 22 on there may be a console that is no terminal, and a method that tells. */
    @SuppressWarnings("SystemConsoleNull") // both are asked for
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    synchronized void say(String name, String line) {
        if (!names.contains(name)) {
            names.add(name);
        }
        String prefix = (name + " ".repeat(Math.max(0, WIDTH - name.length()))) + " | ";
        int colour = COLOURS[names.indexOf(name) % COLOURS.length];
        out.println((coloured ? "\u001b[" + colour + "m" + prefix + PLAIN : prefix) + line);
        out.flush();
    }

    /** Says what must not be overlooked. */
    void shout(String name, String line) {
        say(name, coloured ? LOUD + line + PLAIN : line);
    }
}
