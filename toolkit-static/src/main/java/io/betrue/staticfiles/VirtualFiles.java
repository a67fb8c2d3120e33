package io.betrue.staticfiles;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Files that code makes, such as {@code docs/swagger.json}. Safe for use by multiple threads: files may be added, replaced and removed at any time; what
 * has changed is served after the next {@link StaticFiles#reload()}.
 */
public final class VirtualFiles extends StaticRoot {
    private static final int MOST = 100_000;

    private final Clock clock;
    private final Map<String, Made> files = new TreeMap<>();

    VirtualFiles() {
        this(Clock.systemUTC());
    }

    VirtualFiles(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds or replaces a file.
     *
     * @param path the path below the mount, without a slash at either end: {@code docs/swagger.json}
     * @param bytes the content; it is copied
     * @return these files
     * @throws IllegalArgumentException if the path is empty or has an empty, {@code .} or {@code ..} segment, a backslash or a control character
     */
    public VirtualFiles file(String path, byte[] bytes) {
        byte[] copy = bytes.clone();
        return put(path, () -> copy);
    }

    /**
     * Adds or replaces a file of text, as UTF-8.
     *
     * @param path the path below the mount, without a slash at either end: {@code docs/swagger.json}
     * @param text the content
     * @return these files
     * @throws IllegalArgumentException if the path is empty or has an empty, {@code .} or {@code ..} segment, a backslash or a control character
     */
    public VirtualFiles file(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return put(path, () -> bytes);
    }

    /**
     * Adds or replaces a file whose content is asked for whenever files are loaded.
     *
     * @param path the path below the mount, without a slash at either end: {@code docs/swagger.json}
     * @param content makes the content; called at start and at each reload by the thread that loads; if it fails or gives {@code null}, the load fails
     * @return these files
     * @throws IllegalArgumentException if the path is empty or has an empty, {@code .} or {@code ..} segment, a backslash or a control character
     */
    public VirtualFiles file(String path, Supplier<byte[]> content) {
        return put(path, Objects.requireNonNull(content));
    }

    /**
     * Removes a file, if it is there.
     *
     * @param path the path it was added with
     * @return these files
     */
    public VirtualFiles remove(String path) {
        synchronized (files) {
            files.remove(Objects.requireNonNull(path));
        }
        return this;
    }

    private VirtualFiles put(String path, Supplier<byte[]> content) {
        if (!FilePaths.isPlain(path)) {
            throw new IllegalArgumentException("path \"" + path
                    + "\" of a virtual file must look like docs/swagger.json: names, no slash at either end");
        }
        synchronized (files) {
            if (files.size() >= MOST && !files.containsKey(path)) {
                throw new IllegalStateException("there are already " + MOST + " virtual files");
            }
            files.put(path, new Made(content));
        }
        return this;
    }

    @Override
    List<SourceFile> scan(boolean hidden) {
        List<Map.Entry<String, Made>> now;
        synchronized (files) {
            now = files.entrySet().stream().map(Map.Entry::copyOf).toList();
        }
        List<SourceFile> found = new ArrayList<>();
        for (Map.Entry<String, Made> file : now) {
            if (hidden || !FilePaths.isHidden(file.getKey())) {
                found.add(file.getValue().ask(file.getKey(), clock.instant()));
            }
        }
        return found;
    }

    @Override
    Optional<Path> watched() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "virtual files";
    }

    /** What makes a file, and what it made last: the time of a change is the time it was first seen. */
    private static final class Made {
        private final Supplier<byte[]> content;
        private @Nullable VirtualFile last;

        Made(Supplier<byte[]> content) {
            this.content = content;
        }

        synchronized SourceFile ask(String path, Instant now) {
            byte[] bytes;
            try {
                bytes = content.get();
            } catch (RuntimeException e) {
                return new BrokenFile(path, now, "its supplier failed: " + e);
            }
            if (bytes == null) {
                return new BrokenFile(path, now, "its supplier gave null");
            }
            VirtualFile before = last;
            if (before == null || !Arrays.equals(before.bytes(), bytes)) {
                before = new VirtualFile(path, bytes.clone(), now);
                last = before;
            }
            return before;
        }
    }
}
