package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/** Mounts and entries of trees, made without reading files. */
final class Sample {
    private Sample() {}

    static MountSettings mount(String prefix, Consumer<MountConfig> config) {
        StaticFilesConfig all = new StaticFilesConfig();
        all.mount(prefix, StaticRoot.directory(Path.of("nowhere")), config);
        return all.settings("/").mounts().get(0);
    }

    static Entry.Resource file(MountSettings mount, String path) {
        return file(mount, path, path);
    }

    static Entry.Resource file(MountSettings mount, String path, String content) {
        Body.InMemory body = Body.InMemory.of(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
        HttpField etag = new HttpField(HttpHeader.ETAG, "\"" + content.hashCode() + "\"");
        HttpField vary = new HttpField(HttpHeader.VARY, "Accept-Encoding");
        HttpField cache = new HttpField(HttpHeader.CACHE_CONTROL, "max-age=60");
        HttpField own = new HttpField("X-Own", "yes");
        List<HttpField> found = List.of(
                new HttpField(HttpHeader.CONTENT_LENGTH, Long.toString(body.length())),
                new HttpField(HttpHeader.LAST_MODIFIED, "Thu, 01 Jan 1970 00:00:00 GMT"),
                new HttpField(HttpHeader.ACCEPT_RANGES, "bytes"),
                etag,
                vary,
                cache,
                own);
        Representation identity = new Representation(null, etag.getValue(), body, found, List.of(etag, vary, cache));
        return new Entry.Resource(mount, mount.prefix() + path, Instant.EPOCH, identity, List.of());
    }
}
