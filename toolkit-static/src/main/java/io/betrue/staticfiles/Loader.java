package io.betrue.staticfiles;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the roots and makes a tree of them. Not safe for use by multiple threads. */
final class Loader {
    private final Settings settings;
    private final Clock clock;
    private Loaded last = Loaded.NOTHING;

    Loader(Settings settings) {
        this(settings, Clock.systemUTC());
    }

    Loader(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes a new tree. Files that are found unchanged are not read again.
     *
     * @param previous the tree so far
     * @throws StaticFilesException with every fault that was found; the previous tree stays good
     */
    Tree load(Tree previous) {
        Attempt attempt = attempt();
        keep(attempt);
        return attempt.tree();
    }

    /**
     * Reads all that is served, without remembering it: files that moved meanwhile must be read again, though they may look the same.
     *
     * @throws StaticFilesException with every fault that was found
     */
    Attempt attempt() {
        long start = System.nanoTime();
        Faults faults = new Faults();
        Warnings warnings = new Warnings();
        Map<MountSettings, List<SourceFile>> found = new LinkedHashMap<>();
        for (MountSettings mount : settings.mounts()) {
            found.put(mount, scan(mount, faults));
        }
        Set<SourceFile> distinct = new HashSet<>();
        found.values().forEach(distinct::addAll);
        MemoryPlan memory =
                new MemoryPlan(settings, distinct, Runtime.getRuntime().maxMemory() / 2);
        Map<SourceFile, LoadedFile> files = read(distinct, memory, faults);
        List<MountFiles> mounts = new ArrayList<>();
        found.forEach((mount, sources) -> mounts.add(MountFiles.of(mount, settings, sources, files, faults, warnings)));
        faults.throwIfAny();
        Encodings encodings = new Encodings(memory, last);
        encodings.prepare(mounts);
        Entries entries = new Entries(encodings, clock.instant());
        mounts.forEach(entries::add);
        KeptVersions kept = entries.keep(last.kept(), memory);
        Tree tree = entries.tree(settings, faults);
        faults.throwIfAny();
        memory.warn(settings, warnings);
        Loaded loaded =
                new Loaded(files, encodings.derived(), encodings.packed(), entries.versions(), kept, warnings.texts());
        return new Attempt(tree, loaded, entries.resources(), warnings, System.nanoTime() - start);
    }

    /** Says what an attempt made, and takes from it what the next load finds unchanged. */
    void keep(Attempt attempt) {
        attempt.warnings().log(last.warnings());
        StartupLog.write(attempt.resources(), last, attempt.loaded(), attempt.nanos());
        last = attempt.loaded();
    }

    /** What a load made, until it is known whether the files lay still. */
    record Attempt(
            Tree tree,
            Loaded loaded,
            Map<MountSettings, List<Entry.Resource>> resources,
            Warnings warnings,
            long nanos) {}

    private static List<SourceFile> scan(MountSettings mount, Faults faults) {
        try {
            return mount.root().scan(mount.hidden());
        } catch (IOException e) {
            faults.add(mount.root().toString(), reason(e));
            return List.of();
        }
    }

    /** The larger files first, so that no processor is left alone with one at the end. */
    private Map<SourceFile, LoadedFile> read(Set<SourceFile> sources, MemoryPlan memory, Faults faults) {
        Map<SourceFile, LoadedFile> files = new ConcurrentHashMap<>(sources.size() * 2);
        List<SourceFile> changed = new ArrayList<>();
        for (SourceFile source : sources) {
            LoadedFile known = last.files().get(source);
            if (known != null && known.streamed() != memory.isInMemory(source) && source.sameAs(known.source())) {
                files.put(source, known);
            } else {
                changed.add(source);
            }
        }
        changed.sort(Comparator.comparingLong(SourceFile::size).reversed());
        Parallel.each(changed, source -> {
            try {
                files.put(source, LoadedFile.read(source, memory.isInMemory(source)));
            } catch (IOException e) {
                faults.add(source.path(), reason(e));
            } catch (OutOfMemoryError e) {
                faults.add(
                        source.path(), "does not fit into memory; lower memoryBudget or raise -Xmx: " + e.getMessage());
            }
        });
        return files;
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return "cannot be read: " + e.getClass().getSimpleName() + (message == null ? "" : ", " + message);
    }
}
