package io.betrue.staticfiles;

/** A tag while it is read: its names and what they decide. Not safe for use by multiple threads. */
final class TemplateTag {
    private static final int LONGEST_NAME = 64;

    private final StringBuilder element = new StringBuilder();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder type = new StringBuilder();
    private final boolean closing;
    private boolean slash;
    private boolean ambiguous;

    TemplateTag(boolean closing) {
        this.closing = closing;
    }

    boolean closing() {
        return closing;
    }

    /** {@return whether a slash stands directly before the end} */
    boolean slash() {
        return slash;
    }

    void slash(boolean found) {
        slash = found;
    }

    void element(char c) {
        append(element, c);
    }

    String element() {
        return element.toString();
    }

    void beginAttribute() {
        slash = false;
        name.setLength(0);
    }

    void attribute(char c) {
        append(name, c);
    }

    TemplateAttribute attributeFrom(int offset) {
        // of several types a browser takes the first; nobody writes two on purpose
        ambiguous |= isType() && type.length() > 0;
        return new TemplateAttribute(element(), name.toString(), offset);
    }

    void value(char c) {
        if (isType()) {
            append(type, c);
        }
    }

    /** {@return the attribute {@code type} or {@code language}} */
    String type() {
        return type.toString().strip();
    }

    boolean ambiguous() {
        return ambiguous;
    }

    private boolean isType() {
        String current = name.toString();
        return current.equals("type") || current.equals("language");
    }

    private static void append(StringBuilder name, char c) {
        if (name.length() < LONGEST_NAME) {
            name.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
    }
}
