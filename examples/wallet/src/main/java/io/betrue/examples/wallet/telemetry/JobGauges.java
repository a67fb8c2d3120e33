package io.betrue.examples.wallet.telemetry;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.QueueInfo;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many jobs wait, and for how long: the database is asked each time that metrics are, and left out while it does not say. The same from each process that asks the same database. */
final class JobGauges {
    private static final Logger log = LoggerFactory.getLogger(JobGauges.class);
    private static final AttributeKey<String> QUEUE = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("job.state");

    private final List<JobControl> stores = new CopyOnWriteArrayList<>();
    private final ObservableLongMeasurement jobs;
    private final ObservableDoubleMeasurement oldest;

    JobGauges(OpenTelemetry telemetry) {
        Meter meter = telemetry.getMeter(Instruments.SCOPE);
        jobs = meter.gaugeBuilder("betrue.jobs.queue.jobs")
                .ofLongs()
                .setUnit("{job}")
                .setDescription("Jobs that have not ended")
                .buildObserver();
        oldest = meter.gaugeBuilder("betrue.jobs.queue.oldest")
                .setUnit("s")
                .setDescription("How long the oldest due job has waited")
                .buildObserver();
        var unused = meter.batchCallback(this::look, jobs, oldest);
    }

    void watch(JobControl store) {
        stores.add(store);
    }

    private void look() {
        for (JobControl store : stores) {
            try {
                store.queues().forEach(this::record);
            } catch (RuntimeException e) { // JobException, and what closed pools throw at the end
                log.debug("nobody says how many jobs wait", e);
            }
        }
    }

    private void record(QueueInfo queue) {
        jobs.record(queue.queued(), Attributes.of(QUEUE, queue.name(), STATE, "queued"));
        jobs.record(queue.delayed(), Attributes.of(QUEUE, queue.name(), STATE, "delayed"));
        jobs.record(queue.running(), Attributes.of(QUEUE, queue.name(), STATE, "running"));
        Duration waited = queue.oldest();
        double seconds = waited == null ? 0 : waited.toMillis() / (double) TimeUnit.SECONDS.toMillis(1);
        oldest.record(seconds, Attributes.of(QUEUE, queue.name()));
    }
}
