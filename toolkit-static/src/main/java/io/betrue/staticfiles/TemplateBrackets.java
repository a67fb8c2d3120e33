package io.betrue.staticfiles;

/**
 * The open brackets of a script: <code>(</code>, <code>[</code>, <code>{</code>; {@code c} for the parenthesis of a condition, {@code u} for one
 * that may be, {@code $} for that of an expression in a template literal. Not safe for use by multiple threads.
 */
final class TemplateBrackets {
    private static final int DEEPEST = 10_000;

    private final StringBuilder open = new StringBuilder();

    /** {@return whether there was room} */
    boolean push(char bracket) {
        open.append(bracket);
        return open.length() <= DEEPEST;
    }

    /** {@return what is closed, or NUL if it is another one} */
    char pop(char closing) {
        int top = open.length() - 1;
        if (top < 0) {
            return 0;
        }
        char bracket = open.charAt(top);
        open.setLength(top);
        String matching = closing == ')' ? "(cu" : closing == ']' ? "[" : "{$";
        return matching.indexOf(bracket) < 0 ? 0 : bracket;
    }
}
