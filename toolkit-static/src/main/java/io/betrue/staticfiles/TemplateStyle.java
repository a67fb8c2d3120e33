package io.betrue.staticfiles;

import java.util.Locale;

/** Follows CSS (CSS Syntax Level 3), as far as it must be known what is a string, a URL, a comment or anything else. */
final class TemplateStyle implements TemplateLanguage {
    private static final int LONGEST_WORD = 20;

    private enum State {
        CODE,
        COMMENT,
        STRING,
        URL_START,
        URL,
        LOST
    }

    private final StringBuilder word = new StringBuilder();

    private State state = State.CODE;
    private char quote;
    private char last;
    private boolean escaped;
    /** The word has an escape or an expression in it, so that it may be another one. */
    private boolean strange;

    private boolean atWord;
    private boolean importing;
    private boolean link;
    private boolean query;

    @Override
    public void text(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean comment = state == State.CODE && !escaped && c == '/' && i + 1 < to && text.charAt(i + 1) == '*';
            if (comment) {
                endWord();
                state = State.COMMENT;
                last = 0;
                i++;
            } else {
                step(c);
                last = c;
            }
        }
    }

    private void step(char c) {
        if (escaped) {
            escaped = false;
            return;
        }
        if (c == '\\' && state != State.COMMENT) {
            escaped = true;
            strange = true;
            state = state == State.URL_START ? State.URL : state;
            return;
        }
        switch (state) {
            case CODE -> code(c);
            case COMMENT -> state = c == '/' && last == '*' ? State.CODE : state;
            case STRING -> string(c);
            case URL_START, URL -> url(c);
            case LOST -> {}
        }
    }

    private void string(char c) {
        if (c == quote) {
            state = State.CODE;
            link = false;
            strange = false;
        } else if (c == '\r' || c == '\f' || (c == '\n' && last != '\r')) {
            state = State.LOST;
        } else {
            query |= c == '?' || c == '#';
        }
    }

    private void url(char c) {
        boolean space = TemplateChars.isSpace(c);
        if (c == ')') {
            state = State.CODE;
            link = false;
            strange = false;
        } else if (state == State.URL_START && (c == '"' || c == '\'')) {
            begin(c);
        } else if (!space) {
            state = State.URL;
            query |= c == '?' || c == '#';
        }
    }

    private void begin(char mark) {
        quote = mark;
        state = State.STRING;
        query = false;
        link |= importing;
    }

    private void code(char c) {
        if (isNamePart(c)) {
            if (word.length() < LONGEST_WORD) {
                word.append(c);
            }
            return;
        }
        if (c == '(') {
            function(word.toString().toLowerCase(Locale.ROOT));
            return;
        }
        endWord();
        switch (c) {
            case '"', '\'' -> begin(c);
            case '@' -> atWord = true;
            case ';', '{', '}' -> importing = false;
            default -> {}
        }
    }

    private void function(String name) {
        boolean unclear = strange || name.equals("url-prefix") || name.equals("domain");
        endWord();
        if (unclear) {
            state = State.LOST;
        } else if (name.equals("url")) {
            state = State.URL_START;
            link = true;
            query = false;
        }
    }

    private void endWord() {
        if (atWord && (word.toString().equalsIgnoreCase("import") || strange)) {
            importing = true;
        }
        word.setLength(0);
        atWord = false;
        strange = false;
    }

    @Override
    public TemplateSpot expression(char next) {
        TemplateSpot spot = spot(next);
        if (state == State.CODE) {
            strange = true;
        } else if (state == State.URL_START) {
            state = State.URL;
        }
        last = 0;
        return spot;
    }

    private TemplateSpot spot(char next) {
        if (escaped) {
            return TemplateSpot.refused("directly behind a backslash");
        }
        return switch (state) {
            case COMMENT -> TemplateSpot.refused("in a comment of a style");
            case LOST -> TemplateSpot.refused("behind style that cannot be followed with certainty");
            case URL_START, URL -> TemplateSpot.of(url());
            case STRING -> TemplateSpot.of(link ? url() : TemplateEscape.STYLE_STRING);
            case CODE -> {
                boolean name = atWord || next == '(' || next == '\\';
                yield name
                        ? TemplateSpot.refused("where it would name a rule or a function of a style")
                        : TemplateSpot.of(TemplateEscape.STYLE_VALUE);
            }
        };
    }

    private TemplateEscape url() {
        return query ? TemplateEscape.URL_PART : TemplateEscape.STYLE_URL;
    }

    private static boolean isNamePart(char c) {
        return TemplateChars.isLetterOrDigit(c) || c == '_' || c == '-' || c >= 0x80;
    }
}
