package io.betrue.staticfiles;

import org.jspecify.annotations.Nullable;

/** The preconditions of a GET or HEAD, in their order (RFC 9110, 13.2.2). */
final class Conditions {
    private Conditions() {}

    /**
     * Compares a request with the representation chosen for it.
     *
     * @param etag the entity tag of the representation, or {@code null} if it has none
     * @param modified the second of its last change
     * @param thisYear the current year
     * @return 412, 304, or 0 if nothing stands against an answer
     */
    static int check(RequestFields request, @Nullable String etag, long modified, int thisYear) {
        if (request.ifMatch != null) {
            if (!matches(request.ifMatch, etag, false)) {
                return 412;
            }
        } else if (request.ifUnmodifiedSince != null) {
            long date = HttpDates.parse(request.ifUnmodifiedSince, thisYear);
            if (date != HttpDates.INVALID && modified > date) {
                return 412;
            }
        }
        if (request.ifNoneMatch != null) {
            return matches(request.ifNoneMatch, etag, true) ? 304 : 0;
        }
        if (request.ifModifiedSince != null) {
            long date = HttpDates.parse(request.ifModifiedSince, thisYear);
            return date != HttpDates.INVALID && modified <= date ? 304 : 0;
        }
        return 0;
    }

    /** Tells whether a range may be answered: without If-Range, or if it names exactly this representation (RFC 9110, 13.1.5). */
    static boolean rangeApplies(RequestFields request, @Nullable String etag, long modified, int thisYear) {
        String ifRange = request.ifRange;
        return ifRange == null || ifRange.equals(etag) || HttpDates.parse(ifRange, thisYear) == modified;
    }

    /**
     * Tells whether a list of entity tags, or {@code *}, names the representation. What follows a malformed member is not looked at.
     *
     * @param weak whether a weak tag can match a strong one
     */
    static boolean matches(String list, @Nullable String etag, boolean weak) {
        if (list.equals("*")) {
            return true;
        }
        if (etag == null) {
            return false;
        }
        int at = skip(list, 0);
        while (at < list.length()) {
            boolean isWeak = list.startsWith("W/", at);
            int open = isWeak ? at + 2 : at;
            int close = list.startsWith("\"", open) ? list.indexOf('"', open + 1) : -1;
            if (close < 0) {
                return false;
            }
            if ((weak || !isWeak) && close + 1 - open == etag.length() && list.startsWith(etag, open)) {
                return true;
            }
            at = skip(list, close + 1);
        }
        return false;
    }

    private static int skip(String list, int from) {
        int at = from;
        while (at < list.length() && (list.charAt(at) == ',' || list.charAt(at) == ' ' || list.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }
}
