package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what lives in memory: the files up to the limit, the smaller ones first; their compressed forms get what is left. Safe for use by multiple
 * threads.
 */
final class MemoryPlan {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryPlan.class);

    private final long limit;
    private final long budget;
    private final Set<SourceFile> refused = new HashSet<>();
    private final AtomicLong left;
    private final AtomicLong refusedEncodings = new AtomicLong();
    private final long refusedBytes;

    /**
     * Plans a load.
     *
     * @param settings hold the limit of a file and the budget of all
     * @param files every file that was found, equal ones once
     * @param most the most memory outside the heap that may be used, whatever the settings say
     */
    MemoryPlan(Settings settings, Collection<SourceFile> files, long most) {
        limit = settings.memoryFileLimit();
        budget = Math.min(settings.memoryBudget(), most);
        List<SourceFile> small = new ArrayList<>();
        files.stream().filter(file -> file.size() <= limit).forEach(small::add);
        small.sort(Comparator.comparingLong(SourceFile::size).thenComparing(SourceFile::path));
        long used = 0;
        long tooMuch = 0;
        for (SourceFile file : small) {
            if (used + file.size() <= budget) {
                used += file.size();
            } else {
                refused.add(file);
                tooMuch += file.size();
            }
        }
        left = new AtomicLong(budget - used);
        refusedBytes = tooMuch;
    }

    boolean isInMemory(SourceFile file) {
        return file.size() <= limit && !refused.contains(file);
    }

    /** Counts bytes that must be in memory whatever the budget says: what templates and rewriting made. */
    void add(long bytes) {
        left.addAndGet(-bytes);
    }

    /** {@return whether there was room for an encoding of so many bytes; if so it is taken} */
    boolean take(long bytes) {
        boolean room = keep(bytes);
        if (!room) {
            refusedEncodings.incrementAndGet();
        }
        return room;
    }

    /** {@return whether there was room for an earlier version of so many bytes; if so it is taken} */
    boolean keep(long bytes) {
        long now = left.get();
        while (bytes <= now) {
            if (left.compareAndSet(now, now - bytes)) {
                return true;
            }
            now = left.get();
        }
        return false;
    }

    /** Warns of what does not fit. */
    void warn(Settings settings, Warnings warnings) {
        if (refused.isEmpty() && refusedEncodings.get() == 0) {
            return;
        }
        String lowered = budget < settings.memoryBudget()
                ? " (" + HumanSize.of(settings.memoryBudget()) + " were asked for; half of -Xmx is the most)"
                : "";
        List<String> outcome = new ArrayList<>();
        if (!refused.isEmpty()) {
            outcome.add(HumanSize.files(refused.size()) + " of " + HumanSize.of(refusedBytes) + " streamed");
        }
        if (refusedEncodings.get() > 0) {
            outcome.add(HumanSize.files(refusedEncodings.get()) + " not compressed");
        }
        warnings.add(
                LOG,
                "the memory budget of " + HumanSize.of(budget) + lowered + " is too small: "
                        + String.join(", ", outcome));
    }
}
