package io.betrue.staticfiles;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A text with expressions, read once and rendered at each load. Immutable, safe for use by multiple threads; does no I/O. */
final class Template {
    private static final String MARK = ".tmpl.";
    private static final Pattern FUNCTION_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");

    private final String path;
    private final String literal;
    private final List<TemplateHole> holes;
    private final List<TemplateSpot> spots;
    private final boolean sound;

    private Template(String path, String literal, List<TemplateHole> holes, List<TemplateSpot> spots, boolean sound) {
        this.path = path;
        this.literal = literal;
        this.holes = List.copyOf(holes);
        this.spots = List.copyOf(spots);
        this.sound = sound;
    }

    /** {@return whether a file is a template: whether its name, not that of a directory above it, contains {@code .tmpl.}} */
    static boolean isTemplate(String path) {
        return path.indexOf(MARK, path.lastIndexOf('/') + 1) >= 0;
    }

    /** {@return the path a template is served at: {@code a/index.html} for {@code a/index.tmpl.html}} */
    static String servedPath(String path) {
        int mark = path.indexOf(MARK, path.lastIndexOf('/') + 1);
        return mark < 0 ? path : path.substring(0, mark) + path.substring(mark + MARK.length() - 1);
    }

    /**
     * Refuses a name that templates could not call.
     *
     * @throws IllegalArgumentException if it is not letters, digits and {@code _.-}, or means something already
     */
    static void requireFunctionName(String name) {
        if (!FUNCTION_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name \"" + TemplateUrl.shown(name)
                            + "\" of a template's function must be letters, digits or _.- (at most 100) and must not start with a digit or .-");
        }
        if (TemplateCalls.BUILT_IN.contains(name) || name.equals("true") || name.equals("false")) {
            throw new IllegalArgumentException(
                    "function \"" + name + "\" of the templates is built in; give yours another name");
        }
    }

    /**
     * Reads a template.
     *
     * @param path the file, for its language and for the places of faults
     * @param text its content; any string will do
     * @param faults takes every fault, with line and column
     * @return the template; after a fault it only finds those of its values
     */
    static Template parse(String path, String text, Faults faults) {
        TemplateReader reader = new TemplateReader(path, text, faults);
        boolean sound = reader.read();
        String literal = reader.literal();
        List<TemplateSpot> spots = spots(TemplateLanguage.of(path), literal, reader.holes());
        int refused = 0;
        for (int i = 0; i < spots.size(); i++) {
            String refusal = spots.get(i).refusal();
            if (refusal != null && refused++ < TemplateReader.MOST_FAULTS) {
                TemplatePlaces.Place place = reader.holes().get(i).place();
                faults.add(path, place.line(), place.column(), refusal);
            }
        }
        return new Template(path, literal, reader.holes(), spots, sound && refused == 0);
    }

    private static List<TemplateSpot> spots(TemplateLanguage language, String literal, List<TemplateHole> holes) {
        TemplateSpot[] spots = new TemplateSpot[holes.size()];
        int at = 0;
        for (int i = 0; i < spots.length; i++) {
            int offset = holes.get(i).offset();
            language.text(literal, at, offset);
            spots[i] = language.expression(offset < literal.length() ? literal.charAt(offset) : 0);
            at = offset;
        }
        language.text(literal, at, literal.length());
        language.end(literal.length());
        return List.of(spots);
    }

    /**
     * Computes every expression and writes the text.
     *
     * @return the text, or {@code null} if there was a fault, also one of its reading
     */
    @Nullable
    String render(TemplateScope scope, Faults faults) {
        TemplateCalls calls = new TemplateCalls(path, scope, faults);
        if (!sound) {
            check(calls);
            return null;
        }
        TemplateOutput output = new TemplateOutput(literal);
        int failed = 0;
        for (int i = 0; i < holes.size() && failed < TemplateReader.MOST_FAULTS; i++) {
            TemplateHole hole = holes.get(i);
            Object value = calls.value(hole.expression());
            String refusal = value == null ? null : output.add(hole.offset(), value, spots.get(i));
            failed += value != null && refusal == null ? 0 : 1;
            if (refusal != null) {
                faults.add(path, hole.place().line(), hole.place().column(), refusal);
            }
        }
        return failed == 0 ? output.finish() : null;
    }

    /** Notes the faults of all values, so that whoever mends the syntax sees them in the same table. */
    private void check(TemplateCalls calls) {
        int failed = 0;
        for (int i = 0; i < holes.size() && failed < TemplateReader.MOST_FAULTS; i++) {
            failed += calls.value(holes.get(i).expression()) == null ? 1 : 0;
        }
    }
}
