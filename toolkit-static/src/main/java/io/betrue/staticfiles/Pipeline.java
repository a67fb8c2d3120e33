package io.betrue.staticfiles;

import io.javalin.compression.CompressionStrategy;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.jetty.JettyResourceHandler;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers inside Javalin's pipeline. An answer is decided in the place of the route's handler and delivered after the last after-handler, so that
 * handlers can look at it, change its fields, and replace it.
 */
final class Pipeline implements ResourceHandler {
    /** What was found, an {@link Entry}; or where nothing was found, a {@link Tree}. */
    private static final String FOUND = Pipeline.class.getName();

    private static final String PENDING = PendingBody.class.getName();

    private final Supplier<Tree> tree;
    private final Responder responder;
    private final Buffers buffers;
    /** Where Javalin's own static files are, asked after ours. */
    private @Nullable ResourceHandler next;

    private @Nullable CompressionStrategy compression;

    Pipeline(Supplier<Tree> tree, Responder responder, Buffers buffers, @Nullable ResourceHandler next) {
        this.tree = tree;
        this.responder = responder;
        this.buffers = buffers;
        this.next = next;
    }

    @Override
    public void init(CompressionStrategy compressionStrategy) {
        compression = compressionStrategy;
        if (next != null) {
            next.init(compressionStrategy);
        }
    }

    @Override
    public boolean addStaticFileConfig(StaticFileConfig config) {
        if (next == null) {
            next = new JettyResourceHandler();
            if (compression != null) {
                next.init(compression);
            }
        }
        return next.addStaticFileConfig(config);
    }

    @Override
    public boolean canHandle(Context ctx) {
        // asked for other methods too, to tell whether reading would have worked: there is nothing to read where only a
        // fallback answers
        return find(ctx) != null || (next != null && next.canHandle(ctx)) || (reads(ctx) && fallback(ctx) != null);
    }

    @Override
    public Set<RouteRole> resourceRouteRoles(Context ctx) {
        Entry entry = find(ctx);
        if (entry != null) {
            return entry.roles();
        }
        if (next != null && next.canHandle(ctx)) {
            return next.resourceRouteRoles(ctx);
        }
        Fallbacks.Found found = fallback(ctx);
        return found == null ? Set.of() : found.resource().roles();
    }

    @Override
    public boolean handle(Context ctx) {
        return serve(ctx) || (next != null && next.handle(ctx)) || fallBack(ctx);
    }

    /** Answers with what stands at the path; false if nothing does. */
    boolean serve(Context ctx) {
        Entry entry = find(ctx);
        if (entry == null) {
            return false;
        }
        RequestFields fields = new RequestFields(ServletAnswers.headers(ctx));
        return offer(ctx, responder.reply(entry, isHead(ctx), fields, ctx.req().getQueryString()));
    }

    private boolean fallBack(Context ctx) {
        Fallbacks.Found found = fallback(ctx);
        return found != null && offer(ctx, found.reply(responder, isHead(ctx), ServletAnswers.headers(ctx)));
    }

    /** {@return the page for a path where nothing was found, the same for the whole request} */
    private Fallbacks.@Nullable Found fallback(Context ctx) {
        // not for a file that cannot be read: its roles have been asked for, and those of the page may be others
        if (!(ctx.req().getAttribute(FOUND) instanceof Tree asked)) {
            return null;
        }
        String path = Target.decode(ctx.req().getRequestURI());
        return asked.fallbacks().find(path, ServletAnswers.headers(ctx));
    }

    /** Makes an answer the result, to be delivered at the end; false if its file cannot be read. */
    boolean offer(Context ctx, Reply reply) {
        try {
            PendingBody body = new PendingBody(reply, buffers);
            body.replaced(ServletAnswers.put(ctx.res(), reply));
            ctx.req().setAttribute(PENDING, body);
            ctx.status(reply.status()).result(body);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return what stands at the path; the same for the whole request, whatever is loaded meanwhile, so that roles fit the file} */
    @Nullable
    Entry find(Context ctx) {
        Object known = ctx.req().getAttribute(FOUND);
        if (known != null) {
            return known instanceof Entry entry ? entry : null;
        }
        Tree asked = tree.get();
        String path = Target.decode(ctx.req().getRequestURI());
        Entry found = path == null ? null : asked.find(path);
        ctx.req().setAttribute(FOUND, found == null ? asked : found);
        return found;
    }

    /** {@return the answer that waits to be delivered, or {@code null} if none of ours does} */
    static @Nullable PendingBody pending(Context ctx) {
        return (PendingBody) ctx.req().getAttribute(PENDING);
    }

    /** Tells what came over the wire, whatever X-HTTP-Method-Override says: that header is meant for routes. */
    static boolean isHead(Context ctx) {
        return ctx.req().getMethod().equals("HEAD");
    }

    /** Tells whether the method on the wire reads. */
    static boolean reads(Context ctx) {
        return isHead(ctx) || ctx.req().getMethod().equals("GET");
    }
}
