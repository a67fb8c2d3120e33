package io.betrue.staticfiles;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/** Makes the header fields of the files of one mount. Safe for use by multiple threads. */
final class HeaderFields {
    private static final String REVALIDATE = "no-cache";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /**
     * What a 304 does not carry of the fields of its 200: what describes the body that is not sent (RFC 9110, 15.4.5). The rest it does: a browser puts
     * the fields of a 304 in place of those it has stored (RFC 9111, 3.2), so a policy that some handler sets for every answer would replace
     * the policy of the page.
     */
    private static final Set<String> OF_THE_BODY = Set.of(
            "accept-ranges", "content-disposition", "content-language", "content-type", "x-content-type-options");

    private final List<Rule> rules;
    /** Most files share most fields. */
    private final Map<Field, HttpField> shared = new ConcurrentHashMap<>();

    private final Map<Long, String> dates = new ConcurrentHashMap<>();

    HeaderFields(MountSettings mount) {
        rules = mount.headers().stream()
                .map(rule -> new Rule(new Glob(rule.pattern(), mount.ignoreCase()), rule))
                .toList();
    }

    private record Rule(Glob glob, HeaderRule header) {}

    private record Field(String name, String value) {}

    /**
     * Makes the fields that all encodings of a file share.
     *
     * @param modified the time for Last-Modified
     * @param varies whether there are several encodings
     */
    List<HttpField> common(Asset asset, Instant modified, boolean varies) {
        Map<String, HttpField> fields = new LinkedHashMap<>();
        put(fields, "Content-Type", MediaTypes.contentType(asset.path()));
        put(fields, "Last-Modified", date(modified));
        put(fields, "Cache-Control", asset.immutable() ? FOR_EVER : REVALIDATE);
        put(fields, "Accept-Ranges", "bytes");
        put(fields, "X-Content-Type-Options", "nosniff");
        put(fields, "Vary", varies ? "Accept-Encoding" : null);
        for (Rule rule : rules) {
            if (rule.glob.matches(asset.path())) {
                put(fields, rule.header.name(), rule.header.value());
            }
        }
        return List.copyOf(fields.values());
    }

    private String date(Instant modified) {
        return dates.computeIfAbsent(modified.getEpochSecond(), second -> DateGenerator.formatDate(second * 1000));
    }

    private void put(Map<String, HttpField> fields, String name, @Nullable String value) {
        String key = name.toLowerCase(Locale.ROOT);
        if (value == null) {
            fields.remove(key);
        } else {
            fields.put(key, shared.computeIfAbsent(new Field(key, value), unused -> field(name, value)));
        }
    }

    private static HttpField field(String name, String value) {
        HttpHeader known = HttpHeader.CACHE.get(name);
        return known == null ? new PreEncodedHttpField(name, value) : new PreEncodedHttpField(known, value);
    }

    /**
     * Makes a representation.
     *
     * @param common the fields that all encodings of the file share
     * @param coding the content coding, or {@code null} for none
     * @param hash the SHA-256 of the body in hex, or {@code null} if it is not known
     */
    Representation representation(List<HttpField> common, @Nullable String coding, Body body, @Nullable String hash) {
        String etag = hash == null ? null : Sha256.etag(hash);
        List<HttpField> found = new ArrayList<>(common);
        found.add(new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, body.length()));
        if (coding != null) {
            found.add(shared.computeIfAbsent(
                    new Field("content-encoding", coding),
                    unused -> new PreEncodedHttpField(HttpHeader.CONTENT_ENCODING, coding)));
        }
        List<HttpField> notModified = new ArrayList<>();
        for (HttpField field : common) {
            if (!OF_THE_BODY.contains(field.getLowerCaseName())) {
                notModified.add(field);
            }
        }
        if (etag != null) {
            HttpField field = new PreEncodedHttpField(HttpHeader.ETAG, etag);
            found.add(field);
            notModified.add(field);
        }
        return new Representation(coding, etag, body, new HeaderList(found), new HeaderList(notModified));
    }
}
