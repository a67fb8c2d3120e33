package io.betrue.staticfiles;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import org.eclipse.jetty.ee10.servlet.HttpOutput;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.ee10.servlet.ServletApiResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/** Reads requests and writes answers of the servlet world: Jetty's own ones without a detour, wrapped ones as their wrappers wish. */
final class ServletAnswers {
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

    /** Sets the fields of an answer, instead of what stands there; only Vary grows. */
    static void put(HttpServletResponse response, Reply reply) {
        HttpFields.Mutable jetty = response instanceof ServletApiResponse own
                ? own.getServletResponseInfo().getResponse().getHeaders()
                : null;
        boolean typed = false;
        for (int i = 0; i < reply.headers().size(); i++) {
            HttpField field = reply.headers().get(i);
            typed |= field.getHeader() == HttpHeader.CONTENT_TYPE;
            if (field.getHeader() == HttpHeader.VARY) {
                response.addHeader(field.getName(), field.getValue());
            } else if (jetty != null) {
                jetty.put(field);
            } else {
                response.setHeader(field.getName(), field.getValue());
            }
        }
        if (!typed) {
            response.setContentType(null);
        }
    }

    /** Takes back the fields of an answer that is not sent, unless somebody has set them anew; the type stays, as it does for Javalin's files. */
    static void withdraw(HttpServletResponse response, Reply reply) {
        for (HttpField field : reply.headers()) {
            boolean ours = field.getValue() != null && field.getValue().equals(response.getHeader(field.getName()));
            if (ours && field.getHeader() != HttpHeader.CONTENT_TYPE) {
                response.setHeader(field.getName(), null);
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
