package io.betrue.errors;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ErrorsConfig} was when the plugin started.
 *
 * @param catalogue all codes
 * @param ownTypes whether the catalogue brought its type URIs along
 * @param pages the path of the pages of the codes, or null for none
 * @param retryAfter the wait for a 429 or 503 that names none
 * @param challenge the WWW-Authenticate of a 401 that has none
 * @param traceHeader the response header for the trace id, or null for none
 * @param unread how much of a body that nobody has read is thrown away after the answer
 */
record ErrorsSettings(
        ErrorCatalogue catalogue,
        boolean ownTypes,
        @Nullable String pages,
        Duration retryAfter,
        String challenge,
        @Nullable String traceHeader,
        UnreadLimit unread) {

    /** The same settings with type URIs that resolve on an application under that context path. */
    ErrorsSettings under(String contextPath) {
        if (ownTypes || pages == null) {
            return this;
        }
        String base = ("/" + contextPath + pages + "/").replaceAll("/{2,}", "/");
        return new ErrorsSettings(
                catalogue.typeBase(URI.create(base)), ownTypes, pages, retryAfter, challenge, traceHeader, unread);
    }
}
