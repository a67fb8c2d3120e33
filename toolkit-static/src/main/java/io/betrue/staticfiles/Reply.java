package io.betrue.staticfiles;

import java.util.List;
import org.eclipse.jetty.http.HttpField;

/**
 * An answer that is decided and not yet written.
 *
 * @param status the HTTP status
 * @param headers all fields of the answer
 * @param parts what is written, in order; empty for HEAD, 304 and the like
 */
record Reply(int status, List<HttpField> headers, List<Part> parts) {
    /** A stretch of a body. */
    record Part(Body body, long offset, long length) {}
}
