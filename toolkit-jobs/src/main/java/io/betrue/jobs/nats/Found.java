package io.betrue.jobs.nats;

import io.betrue.jobs.JobException;
import io.betrue.jobs.JobState;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from the streams of a namespace how they were configured, so that a tool need not know and changes nothing. */
final class Found {
    private static final int STREAM_NOT_FOUND = 10_059;

    private final JetStreamManagement management;
    private final Names names;

    private Found(JetStreamManagement management, Names names) {
        this.management = management;
        this.names = names;
    }

    /** Puts what is there into a configuration. */
    static void read(Connection connection, Names names, NatsJobsConfig config) {
        try {
            new Found(connection.jetStreamManagement(), names).read(config);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new JobException("NATS did not show the streams of " + names + ": " + e.getMessage(), e);
        }
    }

    private void read(NatsJobsConfig config) throws IOException, JetStreamApiException {
        StreamConfiguration work = find(names.work);
        StreamConfiguration later = find(names.later);
        if (work == null || later == null) {
            throw new JobException("there are no streams of namespace " + names
                    + "; is that its name? Whoever first enqueues makes them, and so does the command migrate");
        }
        config.replicas(work.getReplicas()).mostWaiting(work.getMaxMsgs()).mostDelayed(later.getMaxMsgs());
        config.messageSchedules(find(names.alarms) != null);
        for (JobState state : List.of(JobState.SUCCEEDED, JobState.CANCELLED, JobState.DEAD)) {
            StreamConfiguration ended = find(names.ended(state));
            config.keep(state, ended == null ? Duration.ZERO : ended.getMaxAge());
            if (ended != null) {
                config.mostKept(ended.getMaxMsgs());
            }
        }
        List<String> consumers = management.getConsumerNames(names.work);
        if (!consumers.isEmpty()) {
            config.lease(management
                    .getConsumerInfo(names.work, consumers.get(0))
                    .getConsumerConfiguration()
                    .getAckWait());
        }
    }

    private @Nullable StreamConfiguration find(String name) throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(name).getConfiguration();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }
}
