package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Separates the text of a template from its expressions. Not safe for use by multiple threads. */
final class TemplateReader {
    /** The most faults reported for one template: a binary file named like a template must not bury the others. */
    static final int MOST_FAULTS = 1_000;

    private final String path;
    private final String text;
    private final Faults faults;
    private final TemplatePlaces places;
    private final StringBuilder literal = new StringBuilder();
    private final List<TemplateHole> holes = new ArrayList<>();
    private int faulty;

    TemplateReader(String path, String text, Faults faults) {
        this.path = path;
        this.text = text;
        this.faults = faults;
        this.places = new TemplatePlaces(text);
    }

    /** {@return whether the template has no fault of syntax} */
    boolean read() {
        int at = 0;
        while (at < text.length() && faulty < MOST_FAULTS) {
            int open = text.indexOf("{{", at);
            if (open < 0) {
                open = text.length();
            }
            literal.append(text, at, open);
            at = open == text.length() ? open : hole(open);
        }
        return faulty == 0;
    }

    String literal() {
        return literal.toString();
    }

    List<TemplateHole> holes() {
        return holes;
    }

    /** Reads what the braces hold and returns where the text goes on. */
    private int hole(int open) {
        TemplatePlaces.Place place = places.of(open);
        if (text.startsWith("!", open + 2)) {
            int close = text.indexOf("}}", open + 3);
            return close >= 0 ? close + 2 : unclosed(place);
        }
        TemplateParser parser = new TemplateParser(text, open + 2, places);
        try {
            holes.add(new TemplateHole(literal.length(), parser.read(), place));
            return parser.at();
        } catch (TemplateParser.Refused refused) {
            return recover(open, place, parser, refused);
        }
    }

    private int recover(int open, TemplatePlaces.Place place, TemplateParser parser, TemplateParser.Refused refused) {
        int close = text.indexOf("}}", open + 2);
        if (close < 0) {
            return unclosed(place);
        }
        if (parser.exhausted() && text.length() > parser.at()) {
            fault(place, "expression is longer than " + TemplateParser.LONGEST + " characters");
        } else {
            fault(places.of(parser.at()), refused.getMessage());
        }
        return Math.max(close + 2, parser.at());
    }

    private int unclosed(TemplatePlaces.Place place) {
        fault(place, "\"{{\" is not closed by \"}}\"; braces that are meant as text are written {{ '{{' }}");
        return text.length();
    }

    private void fault(TemplatePlaces.Place place, @Nullable String message) {
        faulty++;
        faults.add(path, place.line(), place.column(), message == null ? "" : message);
    }
}
