package io.betrue.staticfiles;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a load has made and the next one can use again. Immutable.
 *
 * @param files the files by what was found; an unchanged file is found equal
 * @param derived the bytes that templates and rewriting made, by their hash
 * @param packed the compressed forms, by the hash of what was compressed
 * @param versions the hash of each served file by its whole path, to tell what has changed
 * @param kept the earlier versions of files with hashed names
 * @param warnings what was warned of, not to be said again while it is so
 */
record Loaded(
        Map<SourceFile, LoadedFile> files,
        Map<String, Body.InMemory> derived,
        Map<String, Packed> packed,
        Map<String, String> versions,
        KeptVersions kept,
        Set<String> warnings) {
    static final Loaded NOTHING = new Loaded(Map.of(), Map.of(), Map.of(), Map.of(), KeptVersions.NONE, Set.of());

    /**
     * The gzip form of some bytes.
     *
     * @param body the compressed bytes, or {@code null} if they would not save enough
     * @param hash the SHA-256 of the compressed bytes in hex; empty if there are none
     */
    record Packed(Body.@Nullable InMemory body, String hash) {
        static final Packed NOT_WORTH_IT = new Packed(null, "");
    }
}
