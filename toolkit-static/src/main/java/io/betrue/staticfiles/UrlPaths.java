package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resolves the URLs of style sheets and pages as browsers do (URL Standard), as far as they can name a file of this server. */
final class UrlPaths {
    /** A longer URL names no file; a {@code data:} URL can be of any length. */
    private static final int LONGEST = 4096;

    private UrlPaths() {}

    /**
     * A URL that names a path of this server.
     *
     * @param path the decoded path from the root of the server: {@code /docs/a b.png}
     * @param mark the index in the URL where a hash goes: before the last extension
     */
    record Destination(String path, int mark) {}

    /**
     * Resolves a URL.
     *
     * @param base the decoded path of the file it stands in, or of its base
     * @return the path, or {@code null} if it is a URL with a scheme or a host, a mere fragment or query, a directory, or anything unusual
     */
    static @Nullable Destination resolve(String base, String url) {
        int start = 0;
        int end = url.length();
        while (start < end && url.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && url.charAt(end - 1) <= ' ') {
            end--;
        }
        int pathEnd = start;
        while (pathEnd < end && url.charAt(pathEnd) != '?' && url.charAt(pathEnd) != '#') {
            pathEnd++;
        }
        if (pathEnd == start || pathEnd - start > LONGEST || unusual(url, start, pathEnd)) {
            return null;
        }
        String path = url.substring(start, pathEnd);
        String resolved = absolute(base, path);
        return resolved == null ? null : new Destination(resolved, start + mark(path));
    }

    /**
     * Resolves the value of a {@code <base href>}.
     *
     * @param page the decoded path of its page
     * @return a decoded path to resolve the URLs of the page against, or {@code null} if the base is elsewhere or unusual
     */
    static @Nullable String base(String page, String href) {
        String url = href.strip();
        int end = 0;
        while (end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        String directory = url.substring(0, url.lastIndexOf('/', end - 1) + 1);
        String last = url.substring(directory.length(), end);
        if (last.indexOf('%') >= 0) {
            return null;
        }
        // Only what stands before the last slash counts, except that dots are a directory without its slash.
        boolean dots = last.equals(".") || last.equals("..");
        Destination file = resolve(page, (dots ? url.substring(0, end) + "/" : directory) + "-");
        return file == null ? null : file.path();
    }

    /** Tells whether the path has a scheme or host, or characters that browsers change or refuse. */
    private static boolean unusual(String url, int start, int end) {
        boolean first = true;
        for (int i = start; i < end; i++) {
            char c = url.charAt(i);
            first &= c != '/';
            if (c < ' ' || c == 0x7f || c == '\\' || c == HtmlText.UNKNOWN || (c == ':' && first)) {
                return true;
            }
        }
        return url.startsWith("//", start);
    }

    /** {@return the decoded path that {@code path} names from {@code base} on, or {@code null} if it names no file} */
    static @Nullable String absolute(String base, String path) {
        List<String> segments = new ArrayList<>();
        if (!path.startsWith("/")) {
            List<String> parents = List.of(base.split("/", -1));
            segments.addAll(parents.subList(1, Math.max(1, parents.size() - 1)));
        }
        String[] raw = (path.startsWith("/") ? path.substring(1) : path).split("/", -1);
        for (int i = 0; i < raw.length; i++) {
            String segment = decode(raw[i]);
            boolean last = i == raw.length - 1;
            if (segment == null || segment.isEmpty() || (last && segment.matches("\\.\\.?"))) {
                return null;
            }
            if (segment.equals("..")) {
                segments.subList(Math.max(0, segments.size() - 1), segments.size())
                        .clear();
            } else if (!segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    /** Finds where the hash goes in a path that is still percent-encoded. */
    private static int mark(String path) {
        int start = path.lastIndexOf('/') + 1;
        int encoded = Math.max(path.lastIndexOf("%2e"), path.lastIndexOf("%2E"));
        int dot = Math.max(path.lastIndexOf('.'), encoded);
        return dot > start ? dot : path.length();
    }

    /** {@return the segment decoded once, or {@code null} if that is no UTF-8 or no single segment} */
    private static @Nullable String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 3);
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != '%') {
                int next = Character.isHighSurrogate(c) && i + 1 < segment.length() ? i + 2 : i + 1;
                bytes.put(segment.substring(i, next).getBytes(StandardCharsets.UTF_8));
                i = next - 1;
            } else if (i + 2 < segment.length() && hex(segment, i + 1) >= 0) {
                bytes.put((byte) hex(segment, i + 1));
                i += 2;
            } else {
                return null;
            }
        }
        String decoded = utf8(bytes.flip());
        boolean single = decoded != null
                && decoded.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == HtmlText.UNKNOWN);
        return single ? decoded : null;
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 || text.charAt(at) > 'f' || text.charAt(at + 1) > 'f' ? -1 : high * 16 + low;
    }

    /** {@return the remaining bytes as text, or {@code null} if they are not UTF-8} */
    static @Nullable String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** {@return a path a template gave, without {@code .}, {@code ..} and slashes at its start, or {@code null} if it leads out of the mount or names no file} */
    static @Nullable String inMount(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..") && segments.isEmpty()) {
                return null;
            }
            if (segment.equals("..")) {
                segments.remove(segments.size() - 1);
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        boolean file = !path.endsWith("/") && path.indexOf('\\') < 0 && path.indexOf('\0') < 0;
        return file ? String.join("/", segments) : null;
    }
}
