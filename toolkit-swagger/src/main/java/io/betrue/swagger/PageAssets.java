package io.betrue.swagger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files of the page, in memory: each has its content's hash in its name, so that a browser keeps it for good. */
final class PageAssets {
    /**
     * A file.
     *
     * @param name its name beside the page
     * @param mediaType its media type
     * @param content its bytes
     */
    record Asset(String name, String mediaType, Rendering content) {}

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "png", "image/png",
            "jpeg", "image/jpeg",
            "svg", "image/svg+xml");

    private final Map<String, Asset> byName = new LinkedHashMap<>();

    /**
     * Adds a file.
     *
     * @param name {@code viewer.js}
     * @param bytes what is in it
     * @return the name beside the page: {@code viewer.1a2b3c4d.js}
     */
    String add(String name, byte[] bytes) {
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1);
        String full = name.substring(0, dot) + "." + Hash.ofLarge(bytes) + "." + extension;
        byName.put(
                full, new Asset(full, TYPES.getOrDefault(extension, "application/octet-stream"), Rendering.of(bytes)));
        return full;
    }

    /** Adds a file of this module. */
    String addOwn(String name) {
        try (InputStream file = PageAssets.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing in the jar of toolkit-swagger");
            }
            return add(name, file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }

    Map<String, Asset> byName() {
        return Map.copyOf(byName);
    }
}
