package io.betrue.examples.wallet;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Looks after the headers of every request and response, also of those that never reach Javalin.
 *
 * <p>{@code X-HTTP-Method-Override} is dropped: Javalin would obey it, and a method that proxies and logs do not see is a
 * way around them.
 */
final class HeaderHygiene implements HttpConfiguration.Customizer {
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        responseHeaders.put("X-Content-Type-Options", "nosniff");
        responseHeaders.put("Referrer-Policy", "no-referrer");
        if (!request.getHttpURI().getCanonicalPath().startsWith(HttpServer.PAGE + "/")) { // that page has its own
            responseHeaders.put("Cache-Control", "no-store");
            responseHeaders.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        }
        if (!request.getHeaders().contains(METHOD_OVERRIDE)) {
            return request;
        }
        HttpFields headers =
                HttpFields.build(request.getHeaders()).remove(METHOD_OVERRIDE).asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }
}
