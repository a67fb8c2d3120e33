package io.betrue.staticfiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Reads the roots and makes a tree of them. */
final class Loader {
    private final Settings settings;

    Loader(Settings settings) {
        this.settings = settings;
    }

    /**
     * Makes a new tree.
     *
     * @param previous the tree so far; what has not changed is taken from it
     * @throws StaticFilesException with every fault that was found; the previous tree stays good
     */
    Tree load(Tree previous) {
        Faults faults = new Faults();
        Tree.Builder tree = new Tree.Builder();
        for (MountSettings mount : settings.mounts()) {
            for (Asset asset : Assets.of(mount, settings, originals(mount, faults), faults)) {
                Entry.Resource resource = resource(mount, asset);
                tree.add(resource.path(), resource);
            }
        }
        Tree made = tree.build(settings.mounts(), faults);
        faults.throwIfAny();
        return made;
    }

    private static List<Original> originals(MountSettings mount, Faults faults) {
        List<Original> originals = new ArrayList<>();
        try {
            for (SourceFile source : mount.root().scan(mount.hidden())) {
                originals.add(new Whole(source, source.read()));
            }
        } catch (IOException e) {
            faults.add(mount.root().toString(), "cannot be read: " + e.getMessage());
        }
        return originals;
    }

    private static Entry.Resource resource(MountSettings mount, Asset asset) {
        try {
            ByteBuffer rewritten = asset.rewritten();
            ByteBuffer bytes =
                    rewritten == null ? ByteBuffer.wrap(asset.original().bytes()) : rewritten;
            String etag = "\"" + asset.hash() + "\"";
            HttpField etagField = new PreEncodedHttpField(HttpHeader.ETAG, etag);
            List<HttpField> full =
                    List.of(new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, bytes.remaining()), etagField);
            Representation identity = new Representation(null, etag, Body.InMemory.of(bytes), full, List.of(etagField));
            return new Entry.Resource(
                    mount, mount.prefix() + "/" + asset.path(), asset.modified(), identity, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Whole implements Original {
        private final SourceFile source;
        private final byte[] bytes;

        Whole(SourceFile source, byte[] bytes) {
            this.source = source;
            this.bytes = bytes;
        }

        @Override
        public SourceFile source() {
            return source;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public boolean streamed() {
            return false;
        }

        @Override
        public String hash() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
