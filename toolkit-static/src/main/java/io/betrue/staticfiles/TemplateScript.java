package io.betrue.staticfiles;

import java.util.Set;

/**
 * Follows JavaScript, as far as it must be known whether a character stands in code, a string, a template literal, a regular expression or a
 * comment. Where that hangs on more than is looked at here, such as a slash behind a closing brace, the text counts as not followed from
 * there on: better no value than one that is not escaped.
 */
final class TemplateScript implements TemplateLanguage {
    private static final int LONGEST_WORD = 20;
    private static final Set<String> BEFORE_VALUE = Set.of(
            "return",
            "typeof",
            "case",
            "do",
            "else",
            "in",
            "instanceof",
            "void",
            "delete",
            "throw",
            "new",
            "default",
            "extends");
    private static final Set<String> SOMETIMES_BEFORE_VALUE = Set.of("of", "yield", "await");
    private static final Set<String> BEFORE_CONDITION = Set.of("if", "while", "for", "with");

    private enum State {
        CODE,
        LINE_COMMENT,
        BLOCK_COMMENT,
        STRING,
        TEMPLATE,
        EXPRESSION,
        EXPRESSION_CLASS,
        LOST
    }

    /** What stands before a slash says what it is. */
    private enum Before {
        /** A value: the slash divides. */
        VALUE,
        /** An operator or a keyword: the slash begins a regular expression. */
        OPERATOR,
        /** It cannot be told. */
        UNKNOWN
    }

    private final StringBuilder word = new StringBuilder();
    private final TemplateBrackets open = new TemplateBrackets();
    private State state = State.CODE;
    private Before before = Before.OPERATOR;
    private char quote;
    private char last;
    private char parenthesis = '(';
    private boolean escaped;
    private boolean afterDot;
    private boolean lineStart = true;
    private boolean begun;
    private boolean glued;

    @Override
    public void text(String text, int from, int to) {
        if (!begun && to > from) {
            begun = true;
            state = text.startsWith("#!", from) ? State.LINE_COMMENT : state;
        }
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            char next = i + 1 < to ? text.charAt(i + 1) : 0;
            i += step(c, next, text, i);
            last = state == State.BLOCK_COMMENT && c == '/' && next == '*' ? 0 : c;
            glued = false;
        }
    }

    /** {@return how many more characters were read} */
    private int step(char c, char next, String text, int at) {
        switch (state) {
            case CODE -> {
                return code(c, next, text, at);
            }
            case LINE_COMMENT -> endLineComment(c);
            case BLOCK_COMMENT -> blockComment(c);
            case STRING -> string(c);
            case TEMPLATE -> {
                return template(c, next);
            }
            case EXPRESSION, EXPRESSION_CLASS -> expression(c, isLineEnd(c));
            case LOST -> {}
        }
        return 0;
    }

    private void endLineComment(char c) {
        if (isLineEnd(c)) {
            state = State.CODE;
            lineStart = true;
        }
    }

    private void blockComment(char c) {
        lineStart |= isLineEnd(c);
        if (c == '/' && last == '*') {
            state = State.CODE;
        }
    }

    private void string(char c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == quote) {
            endValue();
        } else if (c == '\r' || (c == '\n' && last != '\r')) {
            // CR LF behind a backslash is one line break
            state = State.LOST;
        }
    }

    private int template(char c, char next) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '`') {
            endValue();
        } else if (c == '$' && next == '{') {
            push('$');
            state = state == State.LOST ? state : State.CODE;
            before = Before.OPERATOR;
            return 1;
        }
        return 0;
    }

    private void expression(char c, boolean lineEnd) {
        if (lineEnd) {
            state = State.LOST;
        } else if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '[') {
            state = State.EXPRESSION_CLASS;
        } else if (c == ']') {
            state = State.EXPRESSION;
        } else if (c == '/' && state == State.EXPRESSION) {
            endValue();
        }
    }

    private void endValue() {
        state = State.CODE;
        before = Before.VALUE;
        escaped = false;
    }

    private int code(char c, char next, String text, int at) {
        if (isNamePart(c)) {
            if (word.length() < LONGEST_WORD) {
                word.append(c);
            }
            lineStart = false;
            return 0;
        }
        endWord();
        if (isSpace(c)) {
            lineStart |= isLineEnd(c);
            return 0;
        }
        if (c == '/' && (next == '/' || next == '*')) {
            state = next == '/' ? State.LINE_COMMENT : State.BLOCK_COMMENT;
            return 1;
        }
        boolean htmlComment = text.startsWith("<!--", at) || (lineStart && text.startsWith("-->", at));
        lineStart = false;
        if (htmlComment || c == '\\') {
            state = State.LOST;
        } else {
            punctuation(c, next);
        }
        return 0;
    }

    private void punctuation(char c, char next) {
        char bracket = parenthesis;
        parenthesis = '(';
        boolean spread = c == '.' && last == '.';
        boolean decimal = c == '.' && before == Before.VALUE && last >= '0' && last <= '9';
        afterDot = c == '.' && !spread;
        switch (c) {
            case '"', '\'' -> {
                quote = c;
                state = State.STRING;
            }
            case '`' -> state = State.TEMPLATE;
            case '/' -> slash();
            case '(' -> push(bracket);
            case '[', '{' -> push(c);
            case ')', ']', '}' -> pop(c);
            case '+', '-' -> before = last == c ? Before.UNKNOWN : Before.OPERATOR;
            case '>' -> before = last == '=' ? Before.OPERATOR : Before.UNKNOWN;
            case '!' -> before = before == Before.VALUE && next != '=' ? Before.UNKNOWN : Before.OPERATOR;
            default -> before = decimal ? Before.VALUE : Before.OPERATOR;
        }
    }

    private void slash() {
        switch (before) {
            case VALUE -> before = Before.OPERATOR;
            case OPERATOR -> state = State.EXPRESSION;
            case UNKNOWN -> state = State.LOST;
        }
    }

    private void push(char bracket) {
        before = Before.OPERATOR;
        if (!open.push(bracket)) {
            state = State.LOST;
        }
    }

    private void pop(char c) {
        switch (open.pop(c)) {
            case '(', '[' -> before = Before.VALUE;
            case 'c' -> before = Before.OPERATOR;
            case 'u', '{' -> before = Before.UNKNOWN;
            case '$' -> state = State.TEMPLATE;
            default -> state = State.LOST;
        }
    }

    private void endWord() {
        if (word.length() == 0) {
            return;
        }
        String name = afterDot ? "" : word.toString();
        word.setLength(0);
        afterDot = false;
        before = Before.VALUE;
        parenthesis = '(';
        if (BEFORE_VALUE.contains(name)) {
            before = Before.OPERATOR;
        } else if (SOMETIMES_BEFORE_VALUE.contains(name)) {
            before = Before.UNKNOWN;
            parenthesis = 'u';
        } else if (BEFORE_CONDITION.contains(name)) {
            parenthesis = 'c';
        }
    }

    @Override
    public TemplateSpot expression(char next) {
        TemplateSpot spot = spot(next);
        if (state == State.CODE) {
            endWord();
            before = Before.VALUE;
            afterDot = false;
            lineStart = false;
            glued = true;
        }
        last = 0;
        return spot;
    }

    private TemplateSpot spot(char next) {
        if (escaped) {
            return TemplateSpot.refused("directly behind a backslash");
        }
        return switch (state) {
            case STRING -> TemplateSpot.of(TemplateEscape.SCRIPT_STRING);
            case TEMPLATE -> TemplateSpot.of(TemplateEscape.SCRIPT_TEMPLATE);
            case LINE_COMMENT, BLOCK_COMMENT -> TemplateSpot.refused("in a comment of a script");
            case EXPRESSION, EXPRESSION_CLASS -> TemplateSpot.refused("in a regular expression of a script");
            case LOST -> TemplateSpot.refused("behind script that cannot be followed with certainty");
            case CODE -> {
                boolean beside = word.length() > 0 || glued || isNamePart(next);
                yield beside
                        ? TemplateSpot.refused(
                                "directly beside a name, a number or another expression; put it in quotes or set it apart")
                        : TemplateSpot.of(TemplateEscape.SCRIPT_LITERAL);
            }
        };
    }

    static boolean isNamePart(char c) {
        return TemplateChars.isLetterOrDigit(c) || c == '_' || c == '$' || (c >= 0x80 && !isSpace(c));
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\ufeff' || isLineEnd(c) || Character.isSpaceChar(c);
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }
}
