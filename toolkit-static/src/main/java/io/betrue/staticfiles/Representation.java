package io.betrue.staticfiles;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;

/**
 * One encoding of a resource with the header fields of its answers, made when it is loaded. Immutable, safe for use by multiple threads.
 *
 * @param coding the content coding ({@code gzip}, {@code br}, {@code zstd}), or {@code null} for none
 * @param etag the strong entity tag, quotes included; {@code null} only for a streamed file whose content was not read
 * @param body the bytes
 * @param found the fields of a 200, Content-Length included
 * @param notModified the fields of a 304 (RFC 9110, 15.4.5)
 */
record Representation(
        @Nullable String coding,
        @Nullable String etag,
        Body body,
        List<HttpField> found,
        List<HttpField> notModified) {}
