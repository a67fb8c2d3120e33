package io.betrue.staticfiles;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.ee10.servlet.ServletApiResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Reads requests and writes answers of the servlet world: Jetty's own ones without a detour, wrapped ones as their wrappers wish. */
final class ServletAnswers {
    private static final Set<String> STAYING = Set.of("content-type", "vary", "x-content-type-options");

    private ServletAnswers() {}

    static HttpFields headers(Context ctx) {
        ServletRequest request = ctx.req();
        while (request instanceof ServletRequestWrapper wrapper) {
            request = wrapper.getRequest();
        }
        if (request instanceof ServletApiRequest jetty) {
            return jetty.getRequest().getHeaders();
        }
        HttpFields.Mutable fields = HttpFields.build();
        for (String name : Collections.list(ctx.req().getHeaderNames())) {
            for (String value : Collections.list(ctx.req().getHeaders(name))) {
                fields.add(name, value);
            }
        }
        return fields;
    }

    /** Sets the fields of an answer, instead of what stands there; only Vary grows. {@return the fields it replaced, but for the type} */
    static List<HttpField> put(HttpServletResponse response, Reply reply) {
        HttpFields.Mutable jetty = response instanceof ServletApiResponse own
                ? own.getServletResponseInfo().getResponse().getHeaders()
                : null;
        List<HttpField> replaced = List.of();
        boolean typed = false;
        for (int i = 0; i < reply.headers().size(); i++) {
            HttpField field = reply.headers().get(i);
            if (field.getHeader() == HttpHeader.VARY) {
                response.addHeader(field.getName(), field.getValue());
                continue;
            }
            if (field.getHeader() == HttpHeader.CONTENT_TYPE) {
                typed = true;
            } else {
                replaced = with(replaced, field, response.getHeader(field.getName()));
            }
            if (jetty != null) {
                jetty.put(field);
            } else {
                response.setHeader(field.getName(), field.getValue());
            }
        }
        if (!typed) {
            response.setContentType(null);
        }
        return replaced;
    }

    private static List<HttpField> with(List<HttpField> replaced, HttpField field, @Nullable String before) {
        if (before == null) {
            return replaced;
        }
        List<HttpField> longer = new ArrayList<>(replaced);
        longer.add(new HttpField(field.getHeader(), field.getName(), before));
        return longer;
    }

    /**
     * Takes back the fields of an answer that is not sent, unless somebody has set them anew, and puts back what stood there before. The type stays, as
     * it does for Javalin's files, and so do two fields that harm no answer and that another answer may have set too.
     */
    static void withdraw(HttpServletResponse response, PendingBody body) {
        for (HttpField field : body.reply().headers()) {
            boolean ours = field.getValue() != null && field.getValue().equals(response.getHeader(field.getName()));
            if (ours && !STAYING.contains(field.getLowerCaseName())) {
                response.setHeader(field.getName(), null);
            }
        }
        for (HttpField field : body.replaced()) {
            if (response.getHeader(field.getName()) == null) {
                response.setHeader(field.getName(), field.getValue());
            }
        }
    }

    /** Writes a body, past Javalin's compression. */
    static void write(HttpServletResponse response, Chunks chunks) throws IOException {
        if (!chunks.hasNext()) {
            return;
        }
        ServletOutputStream out = response.getOutputStream();
        byte[] copy = out instanceof HttpOutput ? new byte[0] : new byte[8192];
        while (chunks.hasNext()) {
            ByteBuffer piece = chunks.next();
            if (out instanceof HttpOutput jetty) {
                jetty.write(piece);
            } else {
                copy(piece, out, copy);
            }
        }
    }

    private static void copy(ByteBuffer piece, ServletOutputStream out, byte[] copy) throws IOException {
        while (piece.hasRemaining()) {
            int count = Math.min(copy.length, piece.remaining());
            piece.get(copy, 0, count);
            out.write(copy, 0, count);
        }
    }
}
