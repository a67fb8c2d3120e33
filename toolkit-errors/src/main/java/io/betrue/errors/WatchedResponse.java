package io.betrue.errors;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Notices the two failures that Javalin reports only to the response: an {@link Error}, and a result that breaks while it is sent.
 */
final class WatchedResponse extends HttpServletResponseWrapper {
    private final HttpServletRequest request;
    private final Renderer renderer;
    private boolean sentError;
    private boolean broken;

    WatchedResponse(HttpServletRequest request, HttpServletResponse response, Renderer renderer) {
        super(response);
        this.request = request;
        this.renderer = renderer;
    }

    static @Nullable WatchedResponse of(ServletResponse response) {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            if (wrapper instanceof WatchedResponse watched) {
                return watched;
            }
            inner = wrapper.getResponse();
        }
        return null;
    }

    HttpServletRequest request() {
        return request;
    }

    /** Whether the container was told to make an error page, which is then Jetty's error handler's work. */
    boolean sentError() {
        return sentError;
    }

    @Override
    public void setStatus(int status) {
        // once everything is settled, Javalin sets this status only because sending the result failed
        boolean failed = status == SC_INTERNAL_SERVER_ERROR
                && !broken
                && Exchange.of(request).stage() == Exchange.Stage.SENDING;
        if (failed) {
            broken = true;
            renderer.write(request, this, StandardError.INTERNAL.problem().build());
        } else {
            super.setStatus(status);
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        sentError = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sentError = true;
        super.sendError(status, message);
    }
}
