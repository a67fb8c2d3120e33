package io.betrue.staticfiles;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows HTML (the tokenizer of the WHATWG standard) or XML, and hands the text of scripts, styles and attributes on. */
final class TemplateMarkup implements TemplateLanguage {
    private static final int LONGEST_NAME = 64;
    private static final Set<String> NEVER = Set.of("xmp", "iframe", "noembed", "noframes");

    private enum State {
        TEXT,
        COMMENT,
        DECLARATION,
        INSTRUCTION,
        SECTION,
        TAG_NAME,
        BEFORE_NAME,
        NAME,
        AFTER_NAME,
        BEFORE_VALUE,
        VALUE,
        UNQUOTED,
        RAW,
        LOST
    }

    private final boolean xml;
    private final StringBuilder tag = new StringBuilder();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder type = new StringBuilder();

    private State state = State.TEXT;
    private boolean closing;
    private boolean slash;
    private boolean typed;
    private char quote;
    private int foreign;
    private int commentStart;
    private int partStart;
    private int partEnd;
    private String source = "";
    private String xmlCode = "";
    private @Nullable TemplateAttribute attribute;
    private @Nullable TemplateRaw raw;

    TemplateMarkup(boolean xml) {
        this.xml = xml;
    }

    @Override
    public void text(String text, int from, int to) {
        source = text;
        partStart = from;
        partEnd = to;
        int at = from;
        while (at < to) {
            at = step(text.charAt(at), at);
        }
    }

    /** {@return where to go on} */
    private int step(char c, int at) {
        return switch (state) {
            case TEXT -> inText(at);
            case COMMENT -> until(c == '>' && isCommentEnd(at), at);
            case DECLARATION -> until(c == '>', at);
            case INSTRUCTION -> until(c == '>' && (!xml || isBehind("?", at)), at);
            case SECTION -> until(c == '>' && isBehind("]]", at), at);
            case TAG_NAME -> tagName(c, at);
            case BEFORE_NAME, AFTER_NAME -> beforeName(c, at);
            case NAME -> name(c, at);
            case BEFORE_VALUE -> beforeValue(c, at);
            case VALUE -> value(at);
            case UNQUOTED -> unquoted(c, at);
            case RAW -> inRaw(at);
            case LOST -> partEnd;
        };
    }

    private int until(boolean end, int at) {
        state = end ? State.TEXT : state;
        return at + 1;
    }

    private boolean isBehind(String expected, int at) {
        return source.startsWith(expected, at - expected.length());
    }

    private boolean isCommentEnd(int at) {
        boolean dashes = isBehind("--", at) && at - 2 >= commentStart + (xml ? 4 : 2);
        return dashes || (!xml && isBehind("--!", at) && at - 3 >= commentStart + 4);
    }

    private int inText(int at) {
        int found = source.indexOf('<', at);
        if (found < 0 || found >= partEnd) {
            return partEnd;
        }
        char next = found + 1 < partEnd ? source.charAt(found + 1) : 0;
        if (next == '!') {
            return declaration(found);
        }
        if (next == '?') {
            state = State.INSTRUCTION;
            return found + 2;
        }
        boolean end = next == '/';
        char first = end ? found + 2 < partEnd ? source.charAt(found + 2) : 0 : next;
        if (TemplateChars.isLetter(first) || (xml && first != 0)) {
            closing = end;
            beginTag();
            return found + (end ? 2 : 1);
        }
        if (end && first != 0 && first != '>') {
            state = State.DECLARATION;
        }
        return found + 1;
    }

    private int declaration(int at) {
        if (source.startsWith("<!--", at) && at + 4 <= partEnd) {
            state = State.COMMENT;
            commentStart = at;
            return at + 4;
        }
        if (source.startsWith("<![CDATA[", at)) {
            // in HTML it is a comment outside of SVG and MathML, and text inside
            state = xml ? State.SECTION : State.LOST;
            return Math.min(at + 9, partEnd);
        }
        state = State.DECLARATION;
        if (xml) {
            int end = source.indexOf('>', at);
            int subset = source.indexOf('[', at);
            state = subset >= 0 && subset < end ? State.LOST : state;
        }
        return at + 2;
    }

    private void beginTag() {
        state = State.TAG_NAME;
        tag.setLength(0);
        name.setLength(0);
        type.setLength(0);
        typed = false;
        slash = false;
    }

    private int tagName(char c, int at) {
        if (TemplateChars.isSpace(c) || c == '/' || c == '>') {
            state = State.BEFORE_NAME;
            return at;
        }
        append(tag, c);
        return at + 1;
    }

    private int beforeName(char c, int at) {
        if (TemplateChars.isSpace(c)) {
            return at + 1;
        }
        if (c == '>') {
            endTag();
        } else if (c == '/') {
            slash = true;
            state = State.BEFORE_NAME;
        } else if (c == '=' && state == State.AFTER_NAME) {
            state = State.BEFORE_VALUE;
        } else {
            slash = false;
            name.setLength(0);
            append(name, c);
            state = State.NAME;
        }
        return at + 1;
    }

    private int name(char c, int at) {
        if (TemplateChars.isSpace(c) || c == '/' || c == '>') {
            state = State.AFTER_NAME;
            return at;
        }
        if (c == '=') {
            state = State.BEFORE_VALUE;
        } else {
            append(name, c);
        }
        return at + 1;
    }

    private int beforeValue(char c, int at) {
        if (c == '"' || c == '\'') {
            quote = c;
            state = State.VALUE;
            attribute = new TemplateAttribute(tag.toString(), name.toString(), at + 1);
            typed |= isType() && type.length() > 0;
        } else if (c == '>') {
            endTag();
        } else if (!TemplateChars.isSpace(c)) {
            state = State.UNQUOTED;
            return at;
        }
        return at + 1;
    }

    private int value(int at) {
        int end = at;
        while (end < partEnd && source.charAt(end) != quote) {
            collectType(source.charAt(end++));
        }
        TemplateAttribute current = attribute;
        if (current != null) {
            current.text(source, at, end);
        }
        if (end == partEnd) {
            return end;
        }
        if (current != null) {
            current.end(end);
        }
        state = State.BEFORE_NAME;
        slash = false;
        return end + 1;
    }

    private int unquoted(char c, int at) {
        if (TemplateChars.isSpace(c)) {
            state = State.BEFORE_NAME;
        } else if (c == '>') {
            endTag();
        } else {
            collectType(c);
        }
        return at + 1;
    }

    private boolean isType() {
        String current = name.toString();
        return current.equals("type") || current.equals("language");
    }

    /** Of several types the first counts for a browser; here two are one that nobody knows. */
    private void collectType(char c) {
        if (isType()) {
            append(type, c);
        }
    }

    private void endTag() {
        state = State.TEXT;
        String element = tag.toString();
        if (xml) {
            String local = element.substring(element.indexOf(':') + 1);
            boolean code = local.equals("script") || local.equals("style");
            if (code && !slash) {
                xmlCode = closing ? "" : local;
            }
        } else if (element.equals("svg") || element.equals("math")) {
            foreign = Math.max(0, foreign + (closing ? -1 : slash ? 0 : 1));
        } else if (element.equals("plaintext") && !closing) {
            state = State.LOST;
        } else if (!closing) {
            raw = foreign > 0 ? foreignRaw(element) : rawOf(element);
            state = raw != null ? State.RAW : foreign > 0 && slash && isRaw(element) ? State.LOST : state;
        }
    }

    private static boolean isRaw(String element) {
        return TemplateRaw.isCode(element) || element.equals("textarea") || NEVER.contains(element);
    }

    private @Nullable TemplateRaw rawOf(String element) {
        if (element.equals("textarea") || element.equals("title")) {
            return TemplateRaw.text(element);
        }
        if (NEVER.contains(element)) {
            return TemplateRaw.refused(element, "in the element " + element);
        }
        return TemplateRaw.isCode(element)
                ? TemplateRaw.code(element, type.toString().strip(), typed)
                : null;
    }

    /** In SVG inside of HTML the text of these is read in one way or in the other, by what stands around. */
    private @Nullable TemplateRaw foreignRaw(String element) {
        return isRaw(element) && !slash
                ? TemplateRaw.refused(element, "in the element " + element + " inside of SVG or MathML")
                : null;
    }

    private int inRaw(int at) {
        TemplateRaw current = raw;
        if (current == null) {
            return partEnd;
        }
        int end = current.text(source, at, partEnd);
        if (current.isLost()) {
            state = State.LOST;
        } else if (end < partEnd) {
            raw = null;
            closing = true;
            beginTag();
            return end + 2;
        }
        return partEnd;
    }

    @Override
    public TemplateSpot expression(char next) {
        return switch (state) {
            case TEXT -> inText();
            case COMMENT -> TemplateSpot.refused("in a comment");
            case DECLARATION, INSTRUCTION, SECTION ->
                TemplateSpot.refused("in a declaration, an instruction or a CDATA section");
            case TAG_NAME, BEFORE_NAME, NAME, AFTER_NAME -> {
                state = state == State.TAG_NAME ? state : State.NAME;
                yield TemplateSpot.refused("in the name of an element or an attribute, or between attributes");
            }
            case BEFORE_VALUE, UNQUOTED -> {
                state = State.UNQUOTED;
                yield TemplateSpot.refused("in an attribute without quotes; put the attribute's value in quotes");
            }
            case VALUE ->
                attribute == null ? TemplateSpot.refused("here") : attribute.expression(next == quote ? 0 : next);
            case RAW -> raw == null ? TemplateSpot.refused("here") : raw.expression(next);
            case LOST -> TemplateSpot.refused("behind markup that cannot be followed with certainty");
        };
    }

    private TemplateSpot inText() {
        boolean tagBegins =
                partEnd > partStart && (isBehind("<", partEnd) || (partEnd - 1 > partStart && isBehind("</", partEnd)));
        if (tagBegins) {
            return TemplateSpot.refused(
                    "directly behind <, where a tag would begin; write &lt; or put a space between");
        }
        return xmlCode.isEmpty()
                ? TemplateSpot.of(TemplateEscape.MARKUP)
                : TemplateSpot.refused("in the element " + xmlCode + " of XML");
    }

    @Override
    public void end(int offset) {
        if (state == State.VALUE && attribute != null) {
            attribute.end(offset);
        }
    }

    private static void append(StringBuilder name, char c) {
        if (name.length() < LONGEST_NAME) {
            name.append(String.valueOf(c).toLowerCase(Locale.ROOT));
        }
    }
}
