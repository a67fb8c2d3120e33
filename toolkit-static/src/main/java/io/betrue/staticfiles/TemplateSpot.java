package io.betrue.staticfiles;

import org.jspecify.annotations.Nullable;

/**
 * Where an expression stands, and so how its value is written.
 *
 * @param escape how the value is written
 * @param attribute whether that stands in a quoted attribute and is written for it once more
 * @param link the URL it is a part of, whose finished form is judged, or {@code null}
 * @param refusal why there can be no expression here, or {@code null} if there can
 */
record TemplateSpot(
        TemplateEscape escape,
        boolean attribute,
        @Nullable TemplateLink link,
        @Nullable String refusal) {
    static TemplateSpot of(TemplateEscape escape) {
        return new TemplateSpot(escape, false, null, null);
    }

    static TemplateSpot refused(String where) {
        return new TemplateSpot(TemplateEscape.AS_IS, false, null, "an expression cannot be placed " + where);
    }

    TemplateSpot inAttribute() {
        return new TemplateSpot(escape, true, link, refusal);
    }
}
