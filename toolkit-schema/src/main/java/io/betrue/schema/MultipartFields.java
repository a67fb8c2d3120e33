package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.errors.StandardError;
import io.javalin.http.Context;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes an object of {@code multipart/form-data}: the values of its fields, and of its files what is known without opening them. */
final class MultipartFields {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern LIMIT = Pattern.compile("max .* exceeded.*|Form with too many .*");

    private MultipartFields() {}

    static JsonNode read(Context ctx, BodyCheck check, long limit) throws Refusal {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        Map<String, ArrayNode> files = new LinkedHashMap<>();
        long left = limit;
        for (Part part : parts(ctx)) {
            if (part.getSubmittedFileName() == null) {
                left -= part.getSize();
                if (left < 0) {
                    throw new Refusal(RequestBytes.tooLarge(limit));
                }
                texts.computeIfAbsent(part.getName(), name -> new ArrayList<>(1))
                        .add(text(part));
            } else {
                files.computeIfAbsent(part.getName(), name -> NODES.arrayNode()).add(file(part));
            }
        }
        ObjectNode object = NODES.objectNode();
        texts.forEach((name, values) -> object.set(name, check.field(name, values)));
        files.forEach((name, values) -> object.set(name, check.files(name, values)));
        return object;
    }

    private static Collection<Part> parts(Context ctx) throws Refusal {
        try {
            ctx.uploadedFileMap(); // tells the container of Javalin's limits, and takes the body apart
            return ctx.req().getParts();
        } catch (Exception e) { // Kotlin does not say what it throws
            throw refusal(e);
        }
    }

    /** The container has no types of its own for what is wrong with such a body. */
    private static Refusal refusal(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (LIMIT.matcher(String.valueOf(cause.getMessage())).matches()) {
                return new Refusal(
                        StandardError.PAYLOAD_TOO_LARGE.problem().detail("The body or a part of it is too large."));
            }
        }
        boolean malformed = e instanceof IllegalArgumentException
                || e instanceof IllegalStateException
                || e instanceof ServletException
                || e.getClass().getName().startsWith("org.eclipse.jetty.http.");
        return malformed
                ? new Refusal(StandardError.BAD_REQUEST
                        .problem()
                        .detail("The multipart body is malformed.")
                        .cause(e))
                : RequestBytes.cut(e);
    }

    private static String text(Part part) throws Refusal {
        try (InputStream in = part.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw RequestBytes.cut(e);
        }
    }

    private static ObjectNode file(Part part) {
        ObjectNode file = NODES.objectNode();
        file.put("filename", part.getSubmittedFileName());
        if (part.getContentType() != null) {
            file.put("contentType", part.getContentType());
        }
        return file.put("size", part.getSize());
    }
}
