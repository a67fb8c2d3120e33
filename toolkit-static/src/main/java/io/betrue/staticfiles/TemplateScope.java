package io.betrue.staticfiles;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the expressions of a template can see while it is rendered. */
interface TemplateScope {
    /** {@return the path the mount stands at, without a slash at its end; empty for the whole site} */
    String prefix();

    /** {@return what {@code config('NAME')} finds: strings, numbers, booleans} */
    Map<String, Object> values();

    /** {@return the application's functions; none has the name of a built-in one} */
    Map<String, TemplateFunction> functions();

    /**
     * Finds the address of a file.
     *
     * @param path the path below the mount, decoded, without a slash at its start and without {@code .} and {@code ..}: {@code css/app.css}
     * @param version what the call asks to be added, or {@code null} for what the mount has chosen
     * @return the path to put into a page, percent-encoded, with the prefix and what was added, or {@code null} if there is no such file
     */
    @Nullable
    String fileUrl(String path, @Nullable FileVersion version);
}
