package io.betrue.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of requests and their answers, in a file for people:
 * <pre>
 * == what it is about
 * POST /orders
 * Content-Type: application/json
 *
 * {"sku": "abc\x00"}
 * == 400
 * the body of the answer
 * </pre>
 * In a body {@code \xHH} is a byte, {@code \n} an end of line, and <code>\*{3}{ab}</code> three times {@code ab}. Host and Content-Length are added.
 *
 * @param name what it is about
 * @param request the lines of the request's head
 * @param body the request's body as it stands in the file
 * @param status the status of the answer
 * @param answer its body
 */
record Exchanges(String name, List<String> request, String body, int status, String answer) {
    private static final Pattern ESCAPE =
            Pattern.compile("\\\\x([0-9A-F]{2})|\\\\n|\\\\r|\\\\\\*\\{(\\d+)}\\{([^}]+)}");
    private static final Pattern BLOCK =
            Pattern.compile("== (.+)\\R((?:.+\\R)+)\\R(?:(?!== )(.*)\\R)?== (\\d{3}|\\?)\\R(.*)(?:\\R|$)");

    static List<Exchanges> read(String resource) {
        Matcher block = BLOCK.matcher(text(resource));
        List<Exchanges> rows = new ArrayList<>();
        while (block.find()) {
            rows.add(new Exchanges(
                    block.group(1),
                    block.group(2).lines().toList(),
                    Objects.requireNonNullElse(block.group(3), ""),
                    block.group(4).equals("?") ? 0 : Integer.parseInt(block.group(4)),
                    block.group(5)));
        }
        return rows;
    }

    /** The request as it is sent, with what every request needs. */
    byte[] bytes() {
        byte[] content = unescape(body);
        StringBuilder head = new StringBuilder(request.get(0)).append(" HTTP/1.1\r\nHost: shop\r\n");
        request.stream().skip(1).forEach(line -> head.append(line).append("\r\n"));
        boolean framed = request.stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> line.startsWith("content-length:") || line.startsWith("transfer-encoding:"));
        if (!framed && content.length > 0) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** The row as it stands in the file, with another answer. */
    String write(int actualStatus, String actual) {
        return "== " + name + "\n" + String.join("\n", request) + "\n\n" + (body.isEmpty() ? "" : body + "\n") + "== "
                + actualStatus + "\n" + actual + "\n";
    }

    private static byte[] unescape(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher escape = ESCAPE.matcher(text);
        int from = 0;
        while (escape.find()) {
            out.writeBytes(text.substring(from, escape.start()).getBytes(StandardCharsets.UTF_8));
            if (escape.group(1) != null) {
                out.write(Integer.parseInt(escape.group(1), 16));
            } else if (escape.group(2) != null) {
                out.writeBytes(unescape(escape.group(3).repeat(Integer.parseInt(escape.group(2)))));
            } else {
                out.write(escape.group().equals("\\n") ? '\n' : '\r');
            }
            from = escape.end();
        }
        out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static String text(String resource) {
        try (InputStream in = Exchanges.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
