package io.betrue.staticfiles;

import java.util.Locale;

/** Follows a text in its language, so that it is known what stands where. Not safe for use by multiple threads. */
interface TemplateLanguage {
    /** Goes on over text between two expressions, all of it at once; nothing is remembered of the text but what it means. */
    void text(String text, int from, int to);

    /**
     * Says how the value of an expression is written that stands behind the text seen so far.
     *
     * @param next the character behind the expression, or NUL if there is none
     */
    TemplateSpot expression(char next);

    /** Says that the text has come to its end. */
    default void end(int offset) {}

    /** {@return what follows the text of a file, by the end of its name} */
    static TemplateLanguage of(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html", "htm" -> new TemplateMarkup(false);
            case "xhtml",
                    "xht",
                    "svg",
                    "xml",
                    "xsl",
                    "xslt",
                    "xsd",
                    "rss",
                    "atom",
                    "rdf",
                    "kml",
                    "gpx",
                    "plist",
                    "mathml" -> new TemplateMarkup(true);
            case "js", "mjs", "cjs", "ts", "mts", "cts" -> new TemplateScript();
            case "json", "webmanifest", "map", "jsonld", "geojson", "importmap" -> new TemplateJson();
            case "css" -> new TemplateStyle();
            case "jsx",
                    "tsx",
                    "vue",
                    "svelte",
                    "astro",
                    "scss",
                    "sass",
                    "less",
                    "styl",
                    "php",
                    "jsp",
                    "hbs",
                    "ejs",
                    "shtml",
                    "mhtml",
                    "hta",
                    "htc",
                    "json5",
                    "jsonc" -> new TemplateUnknown("in a file of this kind: its language is not followed");
            default -> new TemplatePlain();
        };
    }

    /** Text in which no character means anything else. */
    final class TemplatePlain implements TemplateLanguage {
        @Override
        public void text(String text, int from, int to) {}

        @Override
        public TemplateSpot expression(char next) {
            return TemplateSpot.of(TemplateEscape.AS_IS);
        }
    }

    /** Text that nobody here understands. */
    record TemplateUnknown(String where) implements TemplateLanguage {
        @Override
        public void text(String text, int from, int to) {}

        @Override
        public TemplateSpot expression(char next) {
            return TemplateSpot.refused(where);
        }
    }
}
