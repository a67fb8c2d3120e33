package io.betrue.benchmarks.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobState;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.nats.NatsJobs;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.PublishAck;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Jobs on JetStream by toolkit-jobs, and the same publishes and acknowledgements by jnats alone. */
final class NatsPeers {
    private static final JobType<NatsPayload> NO_OP = JobType.of("no-op", NatsPayload.class);
    static final int SLOTS = 200;
    private static final int WINDOW = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORKER = "host:" + ProcessHandle.current().pid();

    private NatsPeers() {}

    /** What a job carries. */
    record NatsPayload(int id) {}

    /** One way to queue jobs and to work them off. */
    interface Peer {
        String name();

        /** Queues one after the other, each acknowledged before the next is sent. */
        void enqueueOneByOne(int count) throws IOException, JetStreamApiException;

        void enqueueInBulk(int count)
                throws IOException, JetStreamApiException, ExecutionException, InterruptedException;

        /** Works off all that is queued. */
        void drain(int count) throws IOException, JetStreamApiException, ExecutionException, InterruptedException;

        /** Removes what it has made. */
        void close() throws IOException, JetStreamApiException, InterruptedException;
    }

    static void remove(Connection connection, String namespace) throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement();
        for (String stream : management.getStreamNames()) {
            if (stream.startsWith(namespace + '-') || stream.startsWith("KV_" + namespace + '-')) {
                management.deleteStream(stream);
            }
        }
    }

    /** toolkit-jobs. */
    static final class BeTrue implements Peer {
        private final String name;
        private final Connection connection;
        private final NatsJobs jobs;

        BeTrue(String name, String url, boolean history) throws IOException, InterruptedException {
            this.name = name;
            this.connection = Nats.connect(url);
            this.jobs = NatsJobs.create(connection, config -> {
                config.namespace(name);
                if (!history) {
                    config.keep(JobState.SUCCEEDED, Duration.ZERO);
                }
            });
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void enqueueOneByOne(int count) {
            for (int id = 0; id < count; id++) {
                jobs.enqueue(NO_OP, new NatsPayload(id));
            }
        }

        @Override
        public void enqueueInBulk(int count) {
            List<JobRequest<NatsPayload>> all = new ArrayList<>(count);
            for (int id = 0; id < count; id++) {
                all.add(JobRequest.of(NO_OP, new NatsPayload(id)));
            }
            jobs.enqueueAll(all);
        }

        @Override
        public void drain(int count) {
            NoOps.expect(count);
            try (Worker worker = worker()) {
                worker.start();
                NoOps.await();
            }
            NoOps.checkEachRanOnce();
        }

        Worker worker() {
            return jobs.worker(
                    config -> config.queue("default", SLOTS).handle(NO_OP, (job, payload) -> NoOps.run(payload.id())));
        }

        NatsJobs jobs() {
            return jobs;
        }

        @Override
        public void close() throws IOException, JetStreamApiException, InterruptedException {
            jobs.close();
            remove(connection, name);
            connection.close();
        }
    }

    /** jnats alone. */
    static final class Raw implements Peer {
        private final String name;
        private final boolean history;
        private final Connection connection;
        private final JetStream stream;
        private int next;

        Raw(String name, String url, boolean history) throws IOException, JetStreamApiException, InterruptedException {
            this.name = name;
            this.history = history;
            this.connection = Nats.connect(url);
            this.stream = connection.jetStream();
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name(name + "-work")
                            .subjects(name + ".work.>")
                            .retentionPolicy(RetentionPolicy.WorkQueue)
                            .discardPolicy(DiscardPolicy.New)
                            .discardNewPerSubject(true)
                            .maxMessagesPerSubject(1)
                            .maxMessages(1_000_000)
                            .allowDirect(true)
                            .build());
            connection
                    .jetStreamManagement()
                    .addStream(StreamConfiguration.builder()
                            .name(name + "-done")
                            .subjects(name + ".done.>")
                            .maxMessagesPerSubject(1)
                            .maxMessages(1_000_000)
                            .maxAge(Duration.ofDays(1))
                            .allowDirect(true)
                            .build());
        }

        @Override
        public String name() {
            return name;
        }

        private NatsMessage message(int id) throws JsonProcessingException {
            return NatsMessage.builder()
                    .subject(name + ".work.default.n." + next++)
                    .headers(new Headers().add("Job-Type", "no-op"))
                    .data(JSON.writeValueAsBytes(new NatsPayload(id)))
                    .build();
        }

        @Override
        public void enqueueOneByOne(int count) throws IOException, JetStreamApiException {
            for (int id = 0; id < count; id++) {
                stream.publish(message(id));
            }
        }

        @Override
        public void enqueueInBulk(int count) throws JsonProcessingException, ExecutionException, InterruptedException {
            Deque<CompletableFuture<PublishAck>> window = new ArrayDeque<>();
            for (int id = 0; id < count; id++) {
                if (window.size() == WINDOW) {
                    window.remove().get();
                }
                window.add(stream.publishAsync(message(id)));
            }
            for (CompletableFuture<PublishAck> ack : window) {
                ack.get();
            }
        }

        @Override
        public void drain(int count)
                throws IOException, JetStreamApiException, ExecutionException, InterruptedException {
            JetStreamSubscription subscription = stream.subscribe(
                    null,
                    PullSubscribeOptions.builder().stream(name + "-work")
                            .configuration(ConsumerConfiguration.builder()
                                    .durable("default-n")
                                    .filterSubject(name + ".work.default.n.*")
                                    .ackPolicy(AckPolicy.Explicit)
                                    .ackWait(Duration.ofSeconds(30))
                                    .maxAckPending(1_000_000)
                                    .build())
                            .build());
            NoOps.expect(count);
            int done = 0;
            while (done < count) {
                List<Message> messages = subscription.fetch(Math.min(SLOTS, count - done), Duration.ofSeconds(5));
                Instant started = Instant.now();
                for (Message message : messages) {
                    NoOps.run(
                            JSON.readValue(message.getData(), NatsPayload.class).id());
                }
                if (history) {
                    keep(messages, started);
                }
                for (int i = 0; i < messages.size(); i++) { // the last is confirmed, as toolkit-jobs does
                    if (i == messages.size() - 1) {
                        confirm(messages.get(i));
                    } else {
                        messages.get(i).ack();
                    }
                }
                done += messages.size();
            }
            subscription.unsubscribe();
            NoOps.checkEachRanOnce();
        }

        private static void confirm(Message message) throws InterruptedException {
            try {
                message.ackSync(Duration.ofSeconds(5));
            } catch (TimeoutException e) {
                throw new IllegalStateException("no answer to an acknowledgement", e);
            }
        }

        /** The fields that toolkit-jobs writes of a job that has succeeded. */
        private void keep(List<Message> messages, Instant started) throws ExecutionException, InterruptedException {
            String began = micros(started);
            List<CompletableFuture<PublishAck>> acks = new ArrayList<>(messages.size());
            for (Message message : messages) {
                String id = message.getSubject().substring(message.getSubject().lastIndexOf('.') + 1);
                acks.add(stream.publishAsync(NatsMessage.builder()
                        .subject(name + ".done.default." + id)
                        .headers(new Headers(message.getHeaders())
                                .add("Job-Attempt", "1")
                                .add("Job-Enqueued", began)
                                .add("Job-Started", began)
                                .add("Job-Finished", micros(Instant.now()))
                                .add("Job-Worker", WORKER))
                        .data(message.getData())
                        .build()));
            }
            for (CompletableFuture<PublishAck> ack : acks) {
                ack.get();
            }
        }

        private static String micros(Instant time) {
            return Long.toString(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000);
        }

        @Override
        public void close() throws IOException, JetStreamApiException, InterruptedException {
            remove(connection, name);
            connection.close();
        }
    }
}
