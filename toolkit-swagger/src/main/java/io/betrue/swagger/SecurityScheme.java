package io.betrue.swagger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * How a client says who it is, for the routes that have roles. Says so in the documents and nothing more: the application itself checks.
 *
 * @param name its name in the documents
 * @param type {@code http}, {@code apiKey} or {@code openIdConnect}
 * @param key what the type needs: the HTTP scheme, the name of the header or cookie, the address
 * @param detail the format of the token, which may be empty, or {@code header} or {@code cookie}
 */
public record SecurityScheme(String name, String type, String key, String detail) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    /**
     * Checks the name.
     *
     * @param name its name in the documents
     * @param type {@code http}, {@code apiKey} or {@code openIdConnect}
     * @param key what the type needs
     * @param detail the format of the token, or where the key stands
     * @throws IllegalArgumentException if the name has other characters than letters, digits, dots, dashes and underscores, or more than 100
     */
    public SecurityScheme {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a security scheme is 1 to 100 letters, digits, dots, dashes or underscores, not \""
                            + name + "\"");
        }
    }

    /** {@return {@code Authorization: Bearer …} with an opaque token} */
    public static SecurityScheme bearer() {
        return bearer("");
    }

    /**
     * {@return {@code Authorization: Bearer …}}
     *
     * @param format of the token, for people: {@code JWT}; empty for none
     */
    public static SecurityScheme bearer(String format) {
        return new SecurityScheme("bearer", "http", "bearer", format);
    }

    /** {@return {@code Authorization: Basic …}, with name and password} */
    public static SecurityScheme basic() {
        return new SecurityScheme("basic", "http", "basic", "");
    }

    /**
     * {@return a key in a header}
     *
     * @param header its name: {@code X-Api-Key}
     * @throws IllegalArgumentException if it is no name of a header
     */
    public static SecurityScheme header(String header) {
        return new SecurityScheme("header", "apiKey", token(header), "header");
    }

    /**
     * {@return a cookie}
     *
     * @param cookie its name
     * @throws IllegalArgumentException if it is no name of a cookie
     */
    public static SecurityScheme cookie(String cookie) {
        return new SecurityScheme("cookie", "apiKey", token(cookie), "cookie");
    }

    /**
     * {@return OpenID Connect}
     *
     * @param discovery the address of its discovery document
     */
    public static SecurityScheme openIdConnect(URI discovery) {
        return new SecurityScheme("openIdConnect", "openIdConnect", discovery.toString(), "");
    }

    private static String token(String text) {
        if (!TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "the name of a header or cookie is 1 to 100 letters, digits or dashes, not \"" + text + "\"");
        }
        return text;
    }

    /**
     * {@return the same under another name in the documents}
     *
     * @param other the name
     * @throws IllegalArgumentException if it is malformed
     */
    public SecurityScheme named(String other) {
        return new SecurityScheme(other, type, key, detail);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", type);
        switch (type) {
            case "http" -> {
                json.put("scheme", key);
                if (!detail.isEmpty()) {
                    json.put("bearerFormat", detail);
                }
            }
            case "apiKey" -> json.put("name", key).put("in", detail);
            default -> json.put("openIdConnectUrl", key);
        }
        return json;
    }
}
