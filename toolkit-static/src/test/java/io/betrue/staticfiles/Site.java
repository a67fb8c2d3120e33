package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/** A tree made by hand: every file once in memory and once streamed, below {@code /m} and {@code /s}, with bodies that tell codings apart. */
final class Site {
    static final String MODIFIED = "Sat, 03 Jan 2026 10:00:00 GMT";
    static final Instant MODIFIED_AT = Instant.parse("2026-01-03T10:00:00Z");
    /** Larger than the buffer for streams, and no multiple of it. */
    static final int LARGE = 300_001;

    private Site() {}

    static Tree tree(boolean front) {
        MountSettings mount = Sample.mount("/", front ? MountConfig::inFront : config -> {});
        Tree.Builder tree = new Tree.Builder();
        for (String where : List.of("/m", "/s")) {
            boolean streamed = where.equals("/s");
            tree.add(where + "/ten.txt", resource(mount, where + "/ten.txt", "0123456789", streamed, List.of()));
            tree.add(where + "/empty.txt", resource(mount, where + "/empty.txt", "", streamed, List.of()));
            tree.add(where + "/large.bin", resource(mount, where + "/large.bin", large(), streamed, List.of()));
            tree.add(
                    where + "/coded.css",
                    resource(mount, where + "/coded.css", "identity bytes", streamed, List.of("br", "zstd", "gzip")));
            tree.add(where + "/zipped.css", resource(mount, where + "/zipped.css", "plain", streamed, List.of("gzip")));
        }
        tree.add("/dir", new Entry.Redirect(mount, "/dir/"));
        tree.add("/dir/", resource(mount, "/dir/index.html", "<p>index", false, List.of()));
        return tree.build(List.of(mount), new Faults());
    }

    /** {@return the bytes of large.bin, a character for each byte} */
    static String large() {
        byte[] bytes = new byte[LARGE];
        new Random(7).nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String body(String coding) {
        return "bytes as " + coding;
    }

    static Entry.Resource resource(
            MountSettings mount, String path, String content, boolean streamed, List<String> codings) {
        List<Representation> encoded = new ArrayList<>();
        for (String coding : codings) {
            encoded.add(representation(path, coding, body(coding), streamed, true));
        }
        return new Entry.Resource(
                mount, path, MODIFIED_AT, representation(path, null, content, streamed, !codings.isEmpty()), encoded);
    }

    private static Representation representation(
            String path, @Nullable String coding, String content, boolean streamed, boolean vary) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        Body body = streamed
                ? new Body.Streamed(new VirtualFile(path, bytes, MODIFIED_AT))
                : Body.InMemory.of(ByteBuffer.wrap(bytes));
        String etag = "\"" + (coding == null ? "id" : coding) + "-1\"";
        List<HttpField> always = new ArrayList<>();
        always.add(new PreEncodedHttpField(HttpHeader.ETAG, etag));
        always.add(new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "max-age=60"));
        if (vary) {
            always.add(new PreEncodedHttpField(HttpHeader.VARY, "Accept-Encoding"));
        }
        List<HttpField> found = new ArrayList<>(always);
        found.add(new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, bytes.length));
        found.add(new PreEncodedHttpField(
                HttpHeader.CONTENT_TYPE,
                path.endsWith(".bin") ? "application/octet-stream" : "text/css;charset=utf-8"));
        found.add(new PreEncodedHttpField(HttpHeader.LAST_MODIFIED, MODIFIED));
        found.add(new PreEncodedHttpField(HttpHeader.ACCEPT_RANGES, "bytes"));
        found.add(new PreEncodedHttpField("X-Content-Type-Options", "nosniff"));
        if (coding != null) {
            found.add(new PreEncodedHttpField(HttpHeader.CONTENT_ENCODING, coding));
        }
        return new Representation(coding, etag, body, new HeaderList(found), new HeaderList(always));
    }
}
