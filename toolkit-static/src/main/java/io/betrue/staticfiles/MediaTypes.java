package io.betrue.staticfiles;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.MimeTypes;

/** Media types by file name: Jetty's table and what it does not have. */
final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("md", "text/markdown"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("yml", "application/yaml"),
            Map.entry("zst", "application/zstd"),
            Map.entry("gz", "application/gzip"),
            Map.entry("jsonld", "application/ld+json"),
            Map.entry("geojson", "application/geo+json"),
            Map.entry("vtt", "text/vtt"),
            Map.entry("weba", "audio/webm"));

    /** Text that is not {@code text/*}, and binary formats that are not compressed by themselves. */
    private static final Set<String> COMPRESSIBLE = Set.of(
            "application/json",
            "application/xml",
            "application/javascript",
            "application/wasm",
            "application/yaml",
            "application/rtf",
            "application/vnd.ms-fontobject",
            "font/ttf",
            "font/otf",
            "image/svg+xml",
            "image/vnd.microsoft.icon",
            "image/x-icon",
            "image/bmp");

    private MediaTypes() {}

    /** {@return the media type of a file without parameters; {@code application/octet-stream} if its name tells nothing} */
    static String of(String path) {
        int dot = path.lastIndexOf('.');
        if (dot <= path.lastIndexOf('/')) {
            return UNKNOWN;
        }
        String extension = path.substring(dot + 1).toLowerCase(Locale.ROOT);
        String type = OWN.get(extension);
        if (type == null) {
            type = MimeTypes.DEFAULTS.getMimeForExtension(extension);
        }
        return type == null ? UNKNOWN : type;
    }

    /** {@return the value of Content-Type: text is said to be UTF-8, as files of the web are, JSON needs no such word (RFC 8259, 11)} */
    static String contentType(String path) {
        String type = of(path);
        boolean text = type.startsWith("text/")
                || type.endsWith("/xml")
                || type.endsWith("+xml")
                || type.equals("application/javascript");
        return text ? type + ";charset=utf-8" : type;
    }

    /** {@return whether files with such a name are worth compressing} */
    static boolean isCompressible(String path) {
        String type = of(path);
        return type.startsWith("text/")
                || type.endsWith("+json")
                || type.endsWith("+xml")
                || COMPRESSIBLE.contains(type);
    }
}
