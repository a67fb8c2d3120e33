package io.betrue.commands.http;

import io.betrue.commands.Cancellation;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** Notices clients that go away while their requests are handled. */
final class Disconnects {
    private Disconnects() {}

    /** Makes the server look at the sockets of HTTP/1.1; an application that brings a connection factory of another class keeps it. */
    static void install(Server server) {
        server.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarting(LifeCycle event) {
                for (Connector connector : server.getConnectors()) {
                    if (connector instanceof AbstractConnector known) {
                        replace(known);
                    }
                }
            }
        });
    }

    private static void replace(AbstractConnector connector) {
        HttpConnectionFactory plain = connector.getConnectionFactory(HttpConnectionFactory.class);
        if (plain != null && Set.of(HttpConnectionFactory.class).contains(plain.getClass())) {
            connector.addConnectionFactory(new Factory(plain));
        }
    }

    /** Jetty's own, with a socket that is watched. */
    private static final class Factory extends HttpConnectionFactory {
        Factory(HttpConnectionFactory plain) {
            super(plain.getHttpConfiguration());
            setInputBufferSize(plain.getInputBufferSize());
            setTransferEncodingChunkMaxLength(plain.getTransferEncodingChunkMaxLength());
            plain.getEventListeners().forEach(this::addEventListener);
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            return super.newConnection(connector, new WatchedEndPoint(endPoint));
        }
    }

    /**
     * Cancels a call when Jetty notices by itself that the client is gone, as it does over HTTP/2, where a request has a stream of its own.
     *
     * @param request a request that is being handled
     * @param call what to cancel
     */
    static void listen(Request request, Cancellation call) {
        request.addFailureListener(failure -> call.cancel());
    }

    /**
     * Cancels a call when the client closes the connection of HTTP/1.1, until the request ends.
     *
     * @param request a request whose body was read to its end
     * @param call what to cancel
     */
    static void watch(Request request, Cancellation call) {
        EndPoint socket = request.getConnectionMetaData().getConnection().getEndPoint();
        if (socket instanceof WatchedEndPoint watched) {
            Runnable gone = () -> request.getComponents().getExecutor().execute(call::cancel);
            Request.addCompletionListener(request, failure -> watched.forget(gone));
            watched.watch(gone);
        }
    }
}
