package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.Republish;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes streams, buckets and consumers, or brings them up to date; refuses to touch what is somebody else's. Safe for use by multiple threads. */
final class Streams {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final int STREAM_NOT_FOUND = 10_059;
    private static final int CONSUMER_NOT_FOUND = 10_014;
    private static final long MISREAD = 1L << 61;
    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_PULLS = 4_096;
    /** Over all workers; unless it is said, the server hands out a thousand. */
    private static final int MOST_HELD = 1_000_000;

    private static final Duration LEASES_KEPT = Duration.ofDays(30);
    /** Only messages with an id count: those that a relay of an outbox or the one who moves delayed jobs may send twice. */
    private static final Duration DUPLICATES = Duration.ofMinutes(10);

    private final Connection connection;
    private final Names names;
    private final Limits limits;

    Streams(Connection connection, Names names, Limits limits) {
        this.connection = connection;
        this.names = names;
        this.limits = limits;
    }

    /** Something asked of JetStream. */
    @FunctionalInterface
    private interface Task {
        void run() throws IOException, JetStreamApiException;
    }

    /** Makes whatever is missing. */
    void ensure() {
        task("make the streams of " + names, () -> {
            JetStreamManagement management = connection.jetStreamManagement();
            for (StreamConfiguration wanted : wanted()) {
                ensure(management, wanted);
            }
            KeyValueManagement buckets = connection.keyValueManagement();
            ensure(management, buckets, bucket(names.leases, LEASES_KEPT));
            ensure(management, buckets, bucket(names.control, Duration.ZERO));
        });
    }

    /**
     * Refuses a server that has taken over the files of a newer one and misreads them: nats-server 2.9 takes what 2.10 and later write about removed messages for
     * messages, with numbers from 2^62 on; it runs jobs twice, and new ones not at all.
     */
    void refuseMisread() {
        task("show the streams of " + names, () -> {
            JetStreamManagement management = connection.jetStreamManagement();
            for (String stream : List.of(names.work, names.later, names.keys)) {
                long last = management.getStreamInfo(stream).getStreamState().getLastSequence();
                if (last >= MISREAD) {
                    throw new JobException(
                            "nats-server " + connection.getServerInfo().getVersion()
                                    + " misreads the stream " + stream
                                    + ", which a newer one has written; go back to that one, or put a backup in place of its files");
                }
            }
        });
    }

    /** Makes the stream of alarms; only for servers that know message schedules. */
    void ensureAlarms() {
        StreamConfiguration wanted = StreamConfiguration.builder(
                        stream(names.alarms, names.allAlarms()).build())
                .addSubjects(names.rung)
                .discardPolicy(DiscardPolicy.Old) // the server refuses the other; an alarm may be lost
                .maxMessagesPerSubject(1)
                .maxMessages(limits.delayed() + 1)
                .allowMessageSchedules()
                .republish(new Republish(names.rung, names.ring, false))
                .build();
        task("make the stream " + names.alarms, () -> ensure(connection.jetStreamManagement(), wanted));
    }

    private List<StreamConfiguration> wanted() {
        List<StreamConfiguration> all = new ArrayList<>();
        all.add(stream(names.work, names.allWork())
                .retentionPolicy(RetentionPolicy.WorkQueue)
                .discardPolicy(DiscardPolicy.New)
                .discardNewPerSubject(true)
                .maxMessagesPerSubject(1)
                .maxMessages(limits.waiting())
                .duplicateWindow(DUPLICATES)
                .build());
        all.add(stream(names.later, names.allLater())
                .discardPolicy(DiscardPolicy.New)
                .maxMessagesPerSubject(1)
                .maxMessages(limits.delayed())
                .build());
        all.add(stream(names.keys, names.allKeys())
                .discardPolicy(DiscardPolicy.New)
                .discardNewPerSubject(true)
                .maxMessagesPerSubject(1)
                .build());
        for (JobState state : List.of(JobState.SUCCEEDED, JobState.CANCELLED, JobState.DEAD)) {
            if (limits.keeps(state)) {
                all.add(stream(names.ended(state), names.allEnded(state))
                        .maxMessagesPerSubject(1)
                        .maxMessages(limits.ended())
                        .maxAge(Objects.requireNonNull(limits.keep().get(state)))
                        .build());
            }
        }
        all.add(stream(names.events, names.allEvents())
                .maxMessagesPerSubject(MOST_EVENTS)
                .maxMessages(limits.ended() * 2)
                .maxAge(limits.longestKept())
                .build());
        return all;
    }

    private StreamConfiguration.Builder stream(String name, String subject) {
        return StreamConfiguration.builder()
                .name(name)
                .subjects(subject)
                .storageType(StorageType.File)
                .replicas(limits.replicas())
                .allowDirect(true);
    }

    private KeyValueConfiguration bucket(String name, Duration kept) {
        return KeyValueConfiguration.builder()
                .name(name)
                .storageType(StorageType.File)
                .replicas(limits.replicas())
                .ttl(kept)
                .build();
    }

    private void ensure(JetStreamManagement management, StreamConfiguration wanted)
            throws IOException, JetStreamApiException {
        StreamConfiguration there = find(management, wanted.getName());
        if (there == null) {
            management.addStream(wanted);
            LOG.info("Made the stream {}", wanted.getName());
            return;
        }
        same(wanted, "subjects", wanted.getSubjects(), there.getSubjects());
        same(wanted, "retention", wanted.getRetentionPolicy(), there.getRetentionPolicy());
        same(wanted, "storage", wanted.getStorageType(), there.getStorageType());
        same(wanted, "discard policy", wanted.getDiscardPolicy(), there.getDiscardPolicy());
        same(wanted, "discard per subject", wanted.isDiscardNewPerSubject(), there.isDiscardNewPerSubject());
        same(wanted, "messages per subject", wanted.getMaxMsgsPerSubject(), there.getMaxMsgsPerSubject());
        same(wanted, "message schedules", wanted.getAllowMsgSchedules(), there.getAllowMsgSchedules());
        if (wanted.getMaxMsgs() != there.getMaxMsgs()
                || !wanted.getMaxAge().equals(there.getMaxAge())
                || wanted.getReplicas() != there.getReplicas()
                || !there.getAllowDirect()) {
            management.updateStream(StreamConfiguration.builder(there)
                    .maxMessages(wanted.getMaxMsgs())
                    .maxAge(wanted.getMaxAge())
                    .replicas(wanted.getReplicas())
                    .allowDirect(true)
                    .build());
            LOG.info("Changed the bounds of the stream {}", wanted.getName());
        }
    }

    private static @Nullable StreamConfiguration find(JetStreamManagement management, String name)
            throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(name).getConfiguration();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private void ensure(JetStreamManagement management, KeyValueManagement buckets, KeyValueConfiguration wanted)
            throws IOException, JetStreamApiException {
        StreamConfiguration there = find(management, "KV_" + wanted.getBucketName());
        if (there == null) {
            buckets.create(wanted);
            LOG.info("Made the bucket {}", wanted.getBucketName());
            return;
        }
        if (there.getMaxMsgsPerSubject() != 1 || there.getStorageType() != StorageType.File) {
            throw conflict("KV_" + wanted.getBucketName(), "history", "1 on file", "another");
        }
        if (there.getReplicas() != limits.replicas()) {
            buckets.update(wanted);
        }
    }

    private static void same(StreamConfiguration of, String what, @Nullable Object wanted, @Nullable Object there) {
        if (!Objects.equals(wanted, there)) {
            throw conflict(String.valueOf(of.getName()), what, wanted, there);
        }
    }

    private static JobException conflict(String stream, String what, @Nullable Object wanted, @Nullable Object there) {
        return new JobException("stream " + stream + " is there already with another configuration: its " + what
                + " must be " + wanted + ", is " + there + "; choose another namespace, or remove that stream");
    }

    /** Makes the consumers of a queue, or brings them up to date. */
    void ensureConsumers(String queue) {
        task("make the consumers of queue " + queue, () -> {
            JetStreamManagement management = connection.jetStreamManagement();
            for (Names.Band band : Names.Band.values()) {
                ensureConsumer(management, consumer(queue, band));
            }
        });
    }

    private ConsumerConfiguration consumer(String queue, Names.Band band) {
        return ConsumerConfiguration.builder()
                .durable(names.consumer(queue, band))
                .filterSubject(names.works(queue, band))
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(limits.lease())
                .maxDeliver(-1)
                .maxAckPending(MOST_HELD)
                .maxPullWaiting(MOST_PULLS)
                .build();
    }

    private void ensureConsumer(JetStreamManagement management, ConsumerConfiguration wanted)
            throws IOException, JetStreamApiException {
        ConsumerConfiguration there = findConsumer(management, String.valueOf(wanted.getDurable()));
        if (there != null) {
            String name = "consumer " + wanted.getDurable() + " of " + names.work;
            if (!Objects.equals(wanted.getFilterSubject(), there.getFilterSubject())
                    || there.getDeliverSubject() != null
                    || there.getAckPolicy() != AckPolicy.Explicit) {
                throw conflict(name, "filter", wanted.getFilterSubject(), there.getFilterSubject());
            }
            if (wanted.getAckWait().equals(there.getAckWait())
                    && wanted.getMaxDeliver() == there.getMaxDeliver()
                    && wanted.getMaxAckPending() == there.getMaxAckPending()) {
                return;
            }
            LOG.info("Changes the lease of {} from {} to {}", name, there.getAckWait(), wanted.getAckWait());
        }
        management.addOrUpdateConsumer(names.work, wanted);
    }

    private @Nullable ConsumerConfiguration findConsumer(JetStreamManagement management, String name)
            throws IOException, JetStreamApiException {
        try {
            ConsumerInfo info = management.getConsumerInfo(names.work, name);
            return info.getConsumerConfiguration();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == CONSUMER_NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static void task(String what, Task task) {
        try {
            task.run();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new JobException("NATS did not " + what + ": " + e.getMessage(), e);
        }
    }
}
