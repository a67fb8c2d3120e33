package io.betrue.staticfiles;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers hits before Javalin's servlet; everything else is left to Javalin. */
final class FrontHandler extends Handler.Abstract.NonBlocking {
    private final StaticFiles files;
    private final Responder responder;

    FrontHandler(StaticFiles files, Responder responder) {
        this.files = files;
        this.responder = responder;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        if (!head && !HttpMethod.GET.is(request.getMethod())) {
            return false;
        }
        String path = Target.decode(request.getHttpURI().getPath());
        Entry entry = path == null ? null : files.tree().find(path);
        if (entry == null || !entry.mount().front() || !(entry instanceof Entry.Resource resource)) {
            return false;
        }
        Reply reply = responder.reply(resource, head, request.getHeaders());
        response.setStatus(reply.status());
        reply.headers().forEach(response.getHeaders()::add);
        if (reply.parts().isEmpty()) {
            callback.succeeded();
        } else {
            Body.InMemory body = (Body.InMemory) reply.parts().get(0).body();
            response.write(true, body.bytes().slice(), callback);
        }
        return true;
    }
}
