package io.betrue.staticfiles;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** The fields of a request that decide an answer, found in one pass. Several lines of one name are joined (RFC 9110, 5.3). */
final class RequestFields {
    @Nullable
    String acceptEncoding;

    @Nullable
    String ifMatch;

    @Nullable
    String ifNoneMatch;

    @Nullable
    String ifModifiedSince;

    @Nullable
    String ifUnmodifiedSince;

    @Nullable
    String range;

    @Nullable
    String ifRange;

    /** Whether the client asks for a WebSocket, which is Javalin's business. */
    boolean webSocket;

    RequestFields(HttpFields fields) {
        for (HttpField field : fields) {
            HttpHeader name = field.getHeader();
            if (name != null) {
                take(name, field.getValue());
            }
        }
    }

    /** {@return whether a field is there that may be a date} */
    boolean hasDates() {
        return ifModifiedSince != null || ifUnmodifiedSince != null || ifRange != null;
    }

    private void take(HttpHeader name, @Nullable String value) {
        switch (name) {
            case ACCEPT_ENCODING -> acceptEncoding = join(acceptEncoding, value);
            case IF_MATCH -> ifMatch = join(ifMatch, value);
            case IF_NONE_MATCH -> ifNoneMatch = join(ifNoneMatch, value);
            case IF_MODIFIED_SINCE -> ifModifiedSince = join(ifModifiedSince, value);
            case IF_UNMODIFIED_SINCE -> ifUnmodifiedSince = join(ifUnmodifiedSince, value);
            case RANGE -> range = join(range, value);
            case IF_RANGE -> ifRange = join(ifRange, value);
            case SEC_WEBSOCKET_VERSION -> webSocket = true;
            default -> {}
        }
    }

    private static String join(@Nullable String before, @Nullable String value) {
        String more = value == null ? "" : value;
        return before == null ? more : before + ", " + more;
    }
}
