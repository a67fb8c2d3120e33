package io.betrue.staticfiles;

/** Follows JSON (RFC 8259), as far as strings go. */
final class TemplateJson implements TemplateLanguage {
    private boolean string;
    private boolean escaped;
    private boolean lost;
    private boolean glued;

    @Override
    public void text(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!string) {
                string = c == '"';
                lost |= c == '\'' || c == '/' || c == '`' || c == '#';
                glued = TemplateScript.isNamePart(c);
            } else if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else {
                string = c != '"';
                lost |= c == '\n' || c == '\r';
            }
        }
    }

    @Override
    public TemplateSpot expression(char next) {
        if (lost) {
            return TemplateSpot.refused("behind text that is not JSON");
        }
        if (escaped) {
            return TemplateSpot.refused("directly behind a backslash");
        }
        if (string) {
            return TemplateSpot.of(TemplateEscape.SCRIPT_STRING);
        }
        boolean beside = glued || TemplateScript.isNamePart(next);
        glued = true;
        return beside
                ? TemplateSpot.refused(
                        "directly beside a name, a number or another expression; put it in quotes or set it apart")
                : TemplateSpot.of(TemplateEscape.SCRIPT_LITERAL);
    }
}
