package io.betrue.errors;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Stands around all handlers and lets clients get the answers to requests whose bodies nobody has read.
 *
 * <p>Jetty closes such a connection behind the answer. While the client still sends, the kernel then says so by a reset, which destroys the answer
 * on its way (RFC 9112, section 9.6). Over HTTP/2 a request has a stream of its own, and nothing is lost.
 */
final class UnreadBodies extends Handler.Wrapper {
    private final UnreadLimit limit;

    UnreadBodies(UnreadLimit limit) {
        this.limit = limit;
    }

    /**
     * Stands in front of whatever handlers the server has when it starts. Not earlier: who puts handlers there may look at those of others first.
     */
    static void install(Server server, UnreadLimit limit) {
        if (limit.isNothing()) {
            return;
        }
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle event) {
                if (!(server.getHandler() instanceof UnreadBodies)) { // a server can be started again
                    server.insertHandler(new UnreadBodies(limit));
                }
            }
        });
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!hasBody(request)) {
            return super.handle(request, response, callback);
        }
        UnreadBody body = new UnreadBody(request, response, callback, limit);
        return super.handle(body, response, body);
    }

    private static boolean hasBody(Request request) {
        HttpVersion version = request.getConnectionMetaData().getHttpVersion();
        if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
            return false;
        }
        if (request.getLength() > 0) {
            return true;
        }
        HttpFields headers = request.getHeaders();
        return request.getLength() < 0 && headers.contains(HttpHeader.TRANSFER_ENCODING);
    }
}
