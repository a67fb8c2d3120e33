package io.betrue.staticfiles;

import io.betrue.staticfiles.Loaded.Packed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The bodies of one load: what is served as it is, and its compressed forms. Equal contents are kept once. */
final class Encodings {
    private final MemoryPlan memory;
    private final Loaded last;
    private final Map<String, Body.InMemory> derived = new ConcurrentHashMap<>();
    private final Map<String, Packed> packed = new ConcurrentHashMap<>();

    Encodings(MemoryPlan memory, Loaded last) {
        this.memory = memory;
        this.last = last;
    }

    /**
     * One encoding.
     *
     * @param coding the content coding
     * @param hash the SHA-256 of the body in hex
     */
    record Encoded(String coding, Body body, String hash) {}

    /** Moves what was rewritten out of the heap and compresses what is worth it, the smaller files first. */
    void prepare(List<MountFiles> mounts) {
        Map<String, Body.InMemory> wanted = new LinkedHashMap<>();
        for (MountFiles mount : mounts) {
            for (Asset asset : mount.assets()) {
                Body body = body(asset);
                String hash = asset.hash();
                if (hash != null && body instanceof Body.InMemory bytes && wantsGzip(mount, asset, bytes)) {
                    wanted.put(hash, bytes);
                }
            }
        }
        List<Map.Entry<String, Body.InMemory>> jobs = new ArrayList<>(wanted.entrySet());
        jobs.sort(Comparator.comparingLong(job -> job.getValue().length()));
        try (Gzip gzip = new Gzip()) {
            Parallel.each(jobs, job -> pack(job.getKey(), job.getValue(), gzip));
        }
    }

    private static boolean wantsGzip(MountFiles mount, Asset asset, Body.InMemory bytes) {
        return mount.settings().compress()
                && bytes.length() >= Gzip.SMALLEST
                && MediaTypes.isCompressible(asset.path())
                && mount.sides(asset).stream().noneMatch(side -> side.coding().equals("gzip"));
    }

    private void pack(String hash, Body.InMemory bytes, Gzip gzip) {
        Packed known = last.packed().get(hash);
        Body.InMemory before = known == null ? null : known.body();
        if (known != null) {
            // what has no room now is forgotten, not remembered as not worth it: there may be room again
            if (before == null || memory.take(before.length())) {
                packed.put(hash, known);
            }
            return;
        }
        byte[] compressed = gzip.compress(bytes.bytes());
        if (compressed == null) {
            packed.put(hash, Packed.NOT_WORTH_IT);
        } else if (memory.take(compressed.length)) {
            packed.put(hash, new Packed(Body.InMemory.of(ByteBuffer.wrap(compressed)), Sha256.of(compressed)));
        }
    }

    /** {@return the bytes of a file as they are} */
    Body body(Asset asset) {
        ByteBuffer rewritten = asset.rewritten();
        String hash = asset.hash();
        if (rewritten != null && hash != null) {
            return derived.computeIfAbsent(hash, key -> derive(key, rewritten));
        }
        return ((LoadedFile) asset.original()).body();
    }

    private Body.InMemory derive(String hash, ByteBuffer bytes) {
        Body.InMemory known = last.derived().get(hash);
        memory.add(bytes.remaining());
        return known != null ? known : Body.InMemory.of(bytes);
    }

    /** {@return the compressed forms of a file, the smallest first} */
    List<Encoded> encoded(MountFiles mount, Asset asset) {
        List<Encoded> encoded = new ArrayList<>();
        for (SideFiles.Side side : mount.sides(asset)) {
            encoded.add(
                    new Encoded(side.coding(), side.file().body(), side.file().hash()));
        }
        Packed gzip = packed(mount, asset);
        Body.InMemory body = gzip == null ? null : gzip.body();
        if (gzip != null && body != null) {
            encoded.add(new Encoded("gzip", body, gzip.hash()));
        }
        encoded.sort(Comparator.comparingLong(each -> each.body().length()));
        return encoded;
    }

    /** Another mount with the same content may have asked for what this one does not want. */
    private @Nullable Packed packed(MountFiles mount, Asset asset) {
        String hash = asset.hash();
        boolean wanted = hash != null && body(asset) instanceof Body.InMemory bytes && wantsGzip(mount, asset, bytes);
        return wanted ? packed.get(hash) : null;
    }

    Map<String, Body.InMemory> derived() {
        return Map.copyOf(derived);
    }

    Map<String, Packed> packed() {
        return Map.copyOf(packed);
    }
}
