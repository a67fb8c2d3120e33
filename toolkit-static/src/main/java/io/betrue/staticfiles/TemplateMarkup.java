package io.betrue.staticfiles;

import org.jspecify.annotations.Nullable;

/** Follows HTML (the tokenizer of the WHATWG standard) or XML, and hands the text of scripts, styles and attributes on. */
final class TemplateMarkup implements TemplateLanguage {
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

    private State state = State.TEXT;
    private TemplateTag tag = new TemplateTag(false);
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
        int found = TemplateChars.indexOf(source, '<', at, partEnd);
        if (found == partEnd) {
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
            beginTag(end);
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
            int end = TemplateChars.indexOf(source, '>', at, partEnd);
            state = TemplateChars.indexOf(source, '[', at, end) < end ? State.LOST : state;
        }
        return at + 2;
    }

    private void beginTag(boolean closing) {
        state = State.TAG_NAME;
        tag = new TemplateTag(closing);
    }

    private int tagName(char c, int at) {
        if (TemplateChars.isSpace(c) || c == '/' || c == '>') {
            state = State.BEFORE_NAME;
            return at;
        }
        tag.element(c);
        return at + 1;
    }

    private int beforeName(char c, int at) {
        if (TemplateChars.isSpace(c)) {
            return at + 1;
        }
        if (c == '>') {
            endTag();
        } else if (c == '/') {
            tag.slash(true);
            state = State.BEFORE_NAME;
        } else if (c == '=' && state == State.AFTER_NAME) {
            state = State.BEFORE_VALUE;
        } else {
            tag.beginAttribute();
            tag.attribute(c);
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
            tag.attribute(c);
        }
        return at + 1;
    }

    private int beforeValue(char c, int at) {
        if (c == '"' || c == '\'') {
            quote = c;
            state = State.VALUE;
            attribute = tag.attributeFrom(at + 1);
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
            tag.value(source.charAt(end++));
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
        tag.slash(false);
        return end + 1;
    }

    private int unquoted(char c, int at) {
        if (TemplateChars.isSpace(c)) {
            state = State.BEFORE_NAME;
        } else if (c == '>') {
            endTag();
        } else {
            tag.value(c);
        }
        return at + 1;
    }

    private void endTag() {
        state = State.TEXT;
        String element = tag.element();
        if (xml) {
            String local = element.substring(element.indexOf(':') + 1);
            if (TemplateRaw.isCode(local) && !tag.slash()) {
                xmlCode = tag.closing() ? "" : local;
            }
        } else if (element.equals("svg") || element.equals("math")) {
            foreign = Math.max(0, foreign + (tag.closing() ? -1 : tag.slash() ? 0 : 1));
        } else if (element.equals("plaintext") && !tag.closing()) {
            state = State.LOST;
        } else if (!tag.closing()) {
            raw = foreign > 0 ? TemplateRaw.inForeign(tag) : TemplateRaw.in(tag);
            boolean empty = foreign > 0 && tag.slash() && TemplateRaw.isRaw(element);
            state = raw != null ? State.RAW : empty ? State.LOST : state;
        }
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
            beginTag(true);
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
}
