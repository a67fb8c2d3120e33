package io.betrue.staticfiles;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands around Javalin's servlet and answers hits of mounts in front; everything else is left to Javalin.
 *
 * <p>Where it may, it answers hits on the thread that read the request, since bytes in memory block nobody, and gives what may block to a thread
 * of the pool. Changing threads for each hit would cost about as much as the hit.
 */
final class FrontHandler extends Handler.Wrapper {
    private final Supplier<Tree> tree;
    private final Responder responder;
    private final Buffers buffers;
    private final boolean unblocked;

    /**
     * Serves a tree.
     *
     * @param unblocked whether it is called by threads that must not be blocked, and so by none that Javalin may use
     */
    FrontHandler(Supplier<Tree> tree, Responder responder, Buffers buffers, boolean unblocked) {
        this.tree = tree;
        this.responder = responder;
        this.buffers = buffers;
        this.unblocked = unblocked;
    }

    @Override
    public InvocationType getInvocationType() {
        return unblocked ? InvocationType.NON_BLOCKING : super.getInvocationType();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Reply reply = reply(request);
        if (unblocked && (reply == null || reply.readsDisk())) {
            request.getContext().execute(() -> elsewhere(reply, request, response, callback));
            return true;
        }
        return answer(reply, request, response, callback);
    }

    private boolean answer(@Nullable Reply reply, Request request, Response response, Callback callback)
            throws Exception {
        return (reply != null && send(reply, request, response, callback)) || super.handle(request, response, callback);
    }

    /** Does on a thread of the pool what Jetty does around {@link #handle}. */
    private void elsewhere(@Nullable Reply reply, Request request, Response response, Callback callback) {
        try {
            if (!answer(reply, request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Throwable e) {
            callback.failed(e);
        }
    }

    private @Nullable Reply reply(Request request) {
        boolean head = request.getMethod().equals("HEAD");
        if (!head && !request.getMethod().equals("GET")) {
            return null;
        }
        String path = Target.decode(request.getHttpURI().getPath());
        Entry entry = path == null ? null : tree.get().find(path);
        if (entry == null || !entry.mount().front()) {
            return null;
        }
        RequestFields fields = new RequestFields(request.getHeaders());
        return fields.webSocket
                ? null
                : responder.reply(entry, head, fields, request.getHttpURI().getQuery());
    }

    /** Sends an answer; false if its file cannot be read, before anything was sent. */
    private boolean send(Reply reply, Request request, Response response, Callback callback) {
        boolean unseen = isUnseen(request);
        List<Reply.Part> parts = reply.parts();
        if (parts.size() == 1 && parts.get(0) instanceof Reply.Memory memory) {
            begin(reply, unseen, response);
            response.write(true, memory.bytes(), callback);
            return true;
        }
        if (parts.isEmpty()) {
            begin(reply, unseen, response);
            if (reply.status() == 304) {
                // a last write would add Content-Length: 0, which says something else of the file (RFC 9110, 8.6)
                response.write(false, BufferUtil.EMPTY_BUFFER, callback);
            } else {
                callback.succeeded();
            }
            return true;
        }
        try {
            Transfer transfer = new Transfer(new Chunks(parts, buffers), response, callback);
            begin(reply, unseen, response);
            transfer.iterate();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sets the fields of an answer, instead of what stands there; only Vary grows. */
    private static void begin(Reply reply, boolean unseen, Response response) {
        response.setStatus(reply.status());
        HttpFields.Mutable fields = response.getHeaders();
        boolean fresh = isFresh(fields);
        List<HttpField> headers =
                fresh && unseen && reply.headers() instanceof HeaderList list ? list.packed() : reply.headers();
        for (int i = 0; i < headers.size(); i++) {
            HttpField field = headers.get(i);
            // of a handler around this one, as CORS has it
            if (fresh || field.getHeader() == HttpHeader.VARY) {
                fields.add(field);
            } else {
                fields.put(field);
            }
        }
    }

    /** Whether nobody but Jetty's writer of HTTP/1.1 sees the fields of the answer: no handler of the application, no log. */
    private boolean isUnseen(Request request) {
        return unblocked
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && getServer().getRequestLog() == null;
    }

    /** Whether nobody but Jetty has set a field yet: then none can be there twice, and adding is much cheaper than putting. */
    private static boolean isFresh(HttpFields fields) {
        return fields.size() == 0 || (fields.size() == 1 && fields.getField(0).getHeader() == HttpHeader.DATE);
    }
}
