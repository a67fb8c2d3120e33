package io.betrue.staticfiles;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Decides the answer to a GET or HEAD of a resource (RFC 9110). No input can make it throw. Safe for use by multiple threads. */
final class Responder {
    Reply reply(Entry.Resource resource, boolean head, HttpFields request) {
        Representation chosen = resource.identity();
        String ifNoneMatch = request.get(HttpHeader.IF_NONE_MATCH);
        if (ifNoneMatch != null && ifNoneMatch.equals(chosen.etag())) {
            return new Reply(304, chosen.notModified(), List.of());
        }
        List<Reply.Part> parts = head
                ? List.of()
                : List.of(new Reply.Part(chosen.body(), 0, chosen.body().length()));
        return new Reply(200, chosen.found(), parts);
    }
}
