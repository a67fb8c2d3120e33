package io.betrue.staticfiles;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All choices, made once when the application is created.
 *
 * @param mounts the mounts, the longest prefix first
 * @param memoryFileLimit the largest file kept in memory, in bytes
 * @param memoryBudget the memory for all files together, all encodings counted, in bytes
 * @param values what {@code config('NAME')} of a template finds: strings, numbers, booleans
 * @param functions what templates can call beside the built-in functions
 * @param watch how changes are noticed, or {@code null} if they are not
 * @param liveReload the path of the live-reload events, or {@code null} for none
 */
record Settings(
        List<MountSettings> mounts,
        long memoryFileLimit,
        long memoryBudget,
        Map<String, Object> values,
        Map<String, TemplateFunction> functions,
        @Nullable WatchSettings watch,
        @Nullable String liveReload) {
    Settings {
        mounts = List.copyOf(mounts);
        values = Map.copyOf(values);
        functions = Map.copyOf(functions);
    }
}
