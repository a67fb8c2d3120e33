package io.betrue.commands.hub.nats;

import io.betrue.commands.hub.Broadcaster.Backlog;
import io.betrue.commands.hub.Broadcaster.RoomMessage;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.api.Republish;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.StreamState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream that numbers the messages of all rooms and keeps the latest of each. Safe for use by multiple threads. */
final class RoomStream {
    private static final Logger log = LoggerFactory.getLogger(RoomStream.class);
    private static final int STREAM_NOT_FOUND = 10_059;
    private static final int NO_MESSAGE = 10_037;
    private static final int WRONG_LAST_SEQUENCE = 10_071;

    private final JetStreamManagement management;
    private final JetStream stream;
    private final Subjects subjects;
    private final Duration timeout;
    private final StreamConfiguration wanted;
    /** One more than can be sent again: who knows the oldest has missed all others at most. */
    private final long mostOfRoom;

    RoomStream(Connection connection, Subjects subjects, NatsBroadcasterConfig config) {
        this.subjects = subjects;
        this.timeout = config.timeout;
        this.mostOfRoom = config.limits.messages() + 1L;
        try {
            JetStreamOptions options =
                    JetStreamOptions.builder().requestTimeout(config.timeout).build();
            management = connection.jetStreamManagement(options);
            stream = connection.jetStream(options);
        } catch (IOException e) {
            throw new IllegalStateException("NATS is closed", e);
        }
        wanted = StreamConfiguration.builder()
                .name(subjects.stream)
                .subjects(subjects.kept)
                .storageType(config.onDisk ? StorageType.File : StorageType.Memory)
                .replicas(config.replicas)
                .maxMessagesPerSubject(mostOfRoom)
                .maxAge(config.limits.positions())
                .maxBytes(config.maxBytes)
                .discardPolicy(DiscardPolicy.Old)
                .allowDirect(true)
                .republish(Republish.builder()
                        .source(subjects.kept)
                        .destination(subjects.live)
                        .build())
                .build();
    }

    /**
     * Makes the stream, or brings its bounds up to date.
     *
     * @return the number of its last message
     * @throws IllegalStateException if a stream of its name is another's
     */
    long ensure() throws IOException, JetStreamApiException {
        StreamInfo there = find();
        if (there == null) {
            there = management.addStream(wanted);
            log.info("Made the stream {}", subjects.stream);
        }
        StreamConfiguration is = there.getConfiguration();
        Republish republish = is.getRepublish();
        if (!is.getSubjects().equals(wanted.getSubjects())
                || is.getStorageType() != wanted.getStorageType()
                || republish == null
                || !subjects.live.equals(republish.getDestination())) {
            throw new IllegalStateException("stream " + subjects.stream + " is there already with another"
                    + " configuration: its subjects must be " + wanted.getSubjects() + " on "
                    + wanted.getStorageType() + ", sent on to " + subjects.live
                    + "; choose another namespace, or remove that stream");
        }
        if (is.getMaxMsgsPerSubject() != wanted.getMaxMsgsPerSubject()
                || !is.getMaxAge().equals(wanted.getMaxAge())
                || is.getMaxBytes() != wanted.getMaxBytes()
                || is.getReplicas() != wanted.getReplicas()) {
            management.updateStream(wanted);
            log.info("Changed the bounds of the stream {}", subjects.stream);
        }
        return there.getStreamState().getLastSequence();
    }

    private @Nullable StreamInfo find() throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(subjects.stream);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private @Nullable MessageInfo last(String subject) throws IOException, JetStreamApiException {
        try {
            return management.getLastMessage(subjects.stream, subject);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_MESSAGE || e.getErrorCode() == 404) {
                return null;
            }
            throw e;
        }
    }

    /** {@return the number of the last message of a room, or 0} */
    long lastOf(String room) throws IOException, JetStreamApiException {
        MessageInfo last = last(subjects.room(room));
        return last == null ? 0 : last.getSeq();
    }

    /** {@return the last number that was given out} */
    long last() throws IOException, JetStreamApiException {
        return management.getStreamInfo(subjects.stream).getStreamState().getLastSequence();
    }

    /**
     * Finds out which counting this is. What says so is a message of the stream, so that it is gone when the numbers are.
     *
     * @param rejected a counting that is over, because numbers of it are given out again; empty if none is
     * @param otherwise what it is called if nothing says so
     * @return what it is called
     */
    String epoch(String rejected, String otherwise) throws IOException, JetStreamApiException {
        while (true) {
            MessageInfo last = last(subjects.epoch);
            String known = last == null ? "" : new String(last.getData(), StandardCharsets.UTF_8);
            if (!known.isEmpty() && !known.equals(rejected)) {
                return known;
            }
            if (writeEpoch(otherwise, last == null ? 0 : last.getSeq())) {
                return otherwise;
            }
        }
    }

    /** Writes again which counting this is, so that it does not grow too old. */
    void renewEpoch(String epoch) throws IOException, JetStreamApiException {
        MessageInfo last = last(subjects.epoch);
        if (last == null || epoch.equals(new String(last.getData(), StandardCharsets.UTF_8))) {
            boolean unused = writeEpoch(epoch, last == null ? 0 : last.getSeq());
        }
    }

    private boolean writeEpoch(String epoch, long after) throws IOException, JetStreamApiException {
        try {
            PublishOptions options = PublishOptions.builder()
                    .expectedStream(subjects.stream)
                    .expectedLastSubjectSequence(after)
                    .build();
            return !stream.publish(subjects.epoch, epoch.getBytes(StandardCharsets.UTF_8), options)
                    .hasError();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return false;
            }
            throw e;
        }
    }

    CompletableFuture<PublishAck> publish(String room, byte[] body) {
        return stream.publishAsync(subjects.room(room), body);
    }

    /**
     * Reads what is kept of a room. Messages come and go meanwhile: those that have come since the first look may be missing above the top, those that have gone until
     * the second below the floor.
     */
    Backlog backlog(String room, String epoch) throws IOException, JetStreamApiException, InterruptedException {
        String subject = subjects.room(room);
        StreamState before = state(subject);
        if (count(before, subject) == 0) {
            return new Backlog(epoch, before.getFirstSequence() - 1, before.getLastSequence(), List.of());
        }
        List<RoomMessage> messages = read(room, subject, epoch, lastOf(room));
        StreamState after = state(subject);
        long floor = count(after, subject) >= mostOfRoom
                ? management.getFirstMessage(subjects.stream, subject).getSeq()
                : after.getFirstSequence() - 1;
        messages.removeIf(message -> message.offset() <= floor);
        return new Backlog(epoch, floor, Math.max(before.getLastSequence(), floor), messages);
    }

    private StreamState state(String subject) throws IOException, JetStreamApiException {
        return management
                .getStreamInfo(subjects.stream, StreamInfoOptions.filterSubjects(subject))
                .getStreamState();
    }

    private static long count(StreamState state, String subject) {
        return Objects.requireNonNullElse(state.getSubjectMap().get(subject), 0L);
    }

    /** Reads up to a message that is there, or a later one. How many are to come is not asked: of a full room nats-server 2.9.10 says one now and then when none is. */
    private List<RoomMessage> read(String room, String subject, String epoch, long last)
            throws IOException, JetStreamApiException, InterruptedException {
        PushSubscribeOptions all = PushSubscribeOptions.builder().stream(subjects.stream)
                .ordered(true)
                .configuration(ConsumerConfiguration.builder()
                        .ackPolicy(AckPolicy.None)
                        .memStorage(true)
                        .build())
                .build();
        JetStreamSubscription reading = stream.subscribe(subject, all);
        try {
            List<RoomMessage> messages = new ArrayList<>();
            long at = 0;
            while (at < last) {
                Message message = reading.nextMessage(timeout);
                if (message == null) {
                    throw new IOException("the messages of a room did not come within " + timeout);
                }
                at = message.metaData().streamSequence();
                messages.add(new RoomMessage(
                        room, epoch, at, 0, message.metaData().timestamp().toInstant(), message.getData()));
            }
            return messages;
        } finally {
            reading.unsubscribe();
        }
    }
}
