package io.betrue.staticfiles;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/** Decides the answer to a GET or HEAD of what stands at a path (RFC 9110). No input can make it throw. Safe for use by multiple threads. */
final class Responder {
    private static final HttpField EMPTY = new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, 0);
    private static final HttpField NO_CACHE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache");
    private static final Reply PRECONDITION_FAILED = new Reply(412, List.of(EMPTY), List.of());

    private final Negotiation negotiation = new Negotiation();
    private final InstantSource clock;

    Responder() {
        this(InstantSource.system());
    }

    /**
     * Reads years of two digits by a clock.
     *
     * @param clock tells the century of such a year (RFC 9110, 5.6.7)
     */
    Responder(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Decides an answer.
     *
     * @param head whether the method is HEAD
     * @param query the query of the request as it was sent, or {@code null} if it has none
     */
    Reply reply(Entry entry, boolean head, RequestFields request, @Nullable String query) {
        return entry instanceof Entry.Resource resource
                ? resource(resource, head, request)
                : redirect((Entry.Redirect) entry, query);
    }

    /** Decides the answer with a resource. */
    Reply reply(Entry.Resource resource, boolean head, HttpFields request) {
        return resource(resource, head, new RequestFields(request));
    }

    private Reply resource(Entry.Resource resource, boolean head, RequestFields request) {
        Representation chosen = negotiation.choose(resource, request.acceptEncoding);
        int year = request.hasDates() ? clock.instant().atOffset(ZoneOffset.UTC).getYear() : 0;
        long modified = resource.modified().getEpochSecond();
        int refused = Conditions.check(request, chosen.etag(), modified, year);
        if (refused == 304) {
            return new Reply(304, chosen.notModified(), List.of());
        }
        if (refused == 412) {
            return PRECONDITION_FAILED;
        }
        long length = chosen.body().length();
        // an empty body has no bytes to name: 416 would only hurt clients that always ask for a range
        if (request.range != null
                && !head
                && length > 0
                && Conditions.rangeApplies(request, chosen.etag(), modified, year)) {
            List<ByteRanges.Stretch> stretches = ByteRanges.parse(request.range, length);
            if (stretches != null) {
                return partial(chosen, stretches);
            }
        }
        return new Reply(200, chosen.found(), parts(chosen, head));
    }

    private static Reply partial(Representation chosen, List<ByteRanges.Stretch> stretches) {
        Body body = chosen.body();
        if (stretches.isEmpty()) {
            HttpField range = new HttpField(HttpHeader.CONTENT_RANGE, "bytes */" + body.length());
            return new Reply(416, List.of(EMPTY, range), List.of());
        }
        List<HttpField> headers = new ArrayList<>(chosen.found().size() + 2);
        if (stretches.size() == 1) {
            ByteRanges.Stretch only = stretches.get(0);
            copy(chosen.found(), headers, null);
            headers.add(new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, only.length()));
            headers.add(new HttpField(HttpHeader.CONTENT_RANGE, Multipart.contentRange(only, body.length())));
            return new Reply(206, headers, List.of(Reply.Part.of(body, only.first(), only.length())));
        }
        String type = copy(chosen.found(), headers, HttpHeader.CONTENT_TYPE);
        Multipart multipart = new Multipart(body, type, stretches);
        headers.add(new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, multipart.length()));
        headers.add(new HttpField(HttpHeader.CONTENT_TYPE, Multipart.CONTENT_TYPE));
        return new Reply(206, headers, multipart.parts());
    }

    /** Copies all fields but Content-Length and one more, whose value it returns. */
    private static @Nullable String copy(List<HttpField> from, List<HttpField> to, @Nullable HttpHeader except) {
        String value = null;
        for (HttpField field : from) {
            if (except != null && field.getHeader() == except) {
                value = field.getValue();
            } else if (field.getHeader() != HttpHeader.CONTENT_LENGTH) {
                to.add(field);
            }
        }
        return value;
    }

    private static Reply redirect(Entry.Redirect redirect, @Nullable String query) {
        String location = redirect.location() + (query == null || !isPrintable(query) ? "" : "?" + query);
        HttpField field = new HttpField(HttpHeader.LOCATION, location);
        return new Reply(301, List.of(field, EMPTY, NO_CACHE), List.of());
    }

    private static List<Reply.Part> parts(Representation chosen, boolean head) {
        long length = chosen.body().length();
        return head || length == 0 ? List.of() : List.of(Reply.Part.of(chosen.body(), 0, length));
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
