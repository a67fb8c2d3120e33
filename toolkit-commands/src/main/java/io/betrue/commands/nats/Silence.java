package io.betrue.commands.nats;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds calls whose instance gives no sign of life any more, or never gave one. A pause of this process is not taken for the silence of others. What is heard comes in on
 * any thread, one thread looks.
 */
final class Silence {
    private static final long STALL = TimeUnit.MILLISECONDS.toNanos(750);

    private final @Nullable Duration limit;
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private long lastLook = System.nanoTime();
    private long steadySince = lastLook;

    Silence(@Nullable Duration limit) {
        this.limit = limit;
    }

    /** Something came that names the subject on which an instance takes frames. */
    void heard(String control) {
        if (limit != null) {
            heard.put(Wire.family(control), System.nanoTime());
        }
    }

    void look(Collection<Pending> calls, Consumer<Pending> silent) {
        if (limit == null) {
            return;
        }
        long now = System.nanoTime();
        if (now - lastLook > STALL) {
            steadySince = now;
        }
        lastLook = now;
        Set<String> instances = new HashSet<>();
        for (Pending call : calls) {
            String control = call.control();
            long last = later(call.began(), steadySince);
            if (control != null) {
                String instance = Wire.family(control);
                instances.add(instance);
                last = later(last, heard.getOrDefault(instance, last));
            }
            if (now - last > limit.toNanos()) {
                silent.accept(call);
            }
        }
        heard.keySet().retainAll(instances);
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }
}
