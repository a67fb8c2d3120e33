package io.betrue.examples.wallet.telemetry;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory, garbage collection, threads and processor of this JVM as its management beans tell them, by the stable names of OpenTelemetry's conventions for JVMs. By hand: the library for it brings an incubating API
 * that must be of the very version of the SDK (decision 0192).
 */
final class JvmMetrics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JvmMetrics.class);
    private static final AttributeKey<String> MEMORY_TYPE = AttributeKey.stringKey("jvm.memory.type");
    private static final AttributeKey<String> MEMORY_POOL = AttributeKey.stringKey("jvm.memory.pool.name");
    private static final AttributeKey<String> GC_NAME = AttributeKey.stringKey("jvm.gc.name");
    private static final AttributeKey<String> GC_ACTION = AttributeKey.stringKey("jvm.gc.action");
    private static final AttributeKey<String> THREAD_STATE = AttributeKey.stringKey("jvm.thread.state");
    private static final List<Double> GC_SECONDS = List.of(0.001, 0.01, 0.1, 1.0, 10.0);

    private final Meter meter;
    private final NotificationListener collected;

    JvmMetrics(OpenTelemetry telemetry) {
        meter = telemetry.getMeter(Instruments.SCOPE);
        memory("jvm.memory.used", "Memory in use", MemoryUsage::getUsed);
        memory("jvm.memory.committed", "Memory that the system has given", MemoryUsage::getCommitted);
        memory("jvm.memory.limit", "Memory that may be had", MemoryUsage::getMax);
        threads();
        processor();
        observe(
                "jvm.class.count",
                "{class}",
                "Classes that are loaded",
                measured -> measured.record(
                        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount()));
        DoubleHistogram collections = meter.histogramBuilder("jvm.gc.duration")
                .setUnit("s")
                .setDescription("Duration of garbage collections")
                .setExplicitBucketBoundariesAdvice(GC_SECONDS)
                .build();
        collected = (notification, nothing) -> collected(notification, collections);
        emitters().forEach(emitter -> emitter.addNotificationListener(collected, null, null));
    }

    /** What is asked when somebody wants to know. */
    private interface Look {
        void at(ObservableLongMeasurement measured);
    }

    private void observe(String name, String unit, String description, Look look) {
        var unused = meter.upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(look::at);
    }

    private void memory(String name, String description, ToLongFunction<MemoryUsage> part) {
        observe(name, "By", description, measured -> {
            for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                MemoryUsage usage = pool.getUsage();
                long bytes = usage == null ? -1 : part.applyAsLong(usage); // -1: no limit
                if (bytes >= 0) {
                    String type = pool.getType() == MemoryType.HEAP ? "heap" : "non_heap";
                    measured.record(bytes, Attributes.of(MEMORY_TYPE, type, MEMORY_POOL, pool.getName()));
                }
            }
        });
    }

    private void threads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        observe("jvm.thread.count", "{thread}", "Platform threads", measured -> {
            Map<Thread.State, Long> counts = new EnumMap<>(Thread.State.class);
            for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
                if (thread != null) { // it may have ended meanwhile
                    counts.merge(thread.getThreadState(), 1L, Long::sum);
                }
            }
            counts.forEach((state, count) -> measured.record(
                    count, Attributes.of(THREAD_STATE, state.name().toLowerCase(Locale.ROOT))));
        });
    }

    private void processor() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var unusedTime = meter.counterBuilder("jvm.cpu.time")
                .ofDoubles()
                .setUnit("s")
                .setDescription("Time of processors that the process has had")
                .buildWithCallback(
                        measured -> measured.record(system.getProcessCpuTime() / (double) TimeUnit.SECONDS.toNanos(1)));
        var unusedShare = meter.gaugeBuilder("jvm.cpu.recent_utilization")
                .setUnit("1")
                .setDescription("Share of all processors that the process has had lately")
                .buildWithCallback(measured -> {
                    double share = system.getProcessCpuLoad();
                    if (share >= 0) { // not known yet
                        measured.record(share);
                    }
                });
    }

    private static List<NotificationEmitter> emitters() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(NotificationEmitter.class::isInstance)
                .map(NotificationEmitter.class::cast)
                .toList();
    }

    private static void collected(Notification notification, DoubleHistogram collections) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            GarbageCollectionNotificationInfo info =
                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
            collections.record(
                    info.getGcInfo().getDuration() / (double) TimeUnit.SECONDS.toMillis(1),
                    Attributes.of(GC_NAME, info.getGcName(), GC_ACTION, info.getGcAction()));
        }
    }

    @Override
    public void close() {
        for (NotificationEmitter emitter : emitters()) {
            try {
                emitter.removeNotificationListener(collected);
            } catch (ListenerNotFoundException e) {
                log.debug("a collector has forgotten who listens", e);
            }
        }
    }
}
