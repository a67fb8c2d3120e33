package io.betrue.testsupport;

import io.betrue.localservers.NatsRelease;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Three NATS servers with JetStream on this machine that know each other, so that streams may have three replicas; each
 * may be harmed.
 *
 * <p>They end with the JVM, however that ends; their streams are then deleted. Safe for use by multiple threads.
 */
public final class NatsCluster implements AutoCloseable {
    private static final int SIZE = 3;
    private static final int ATTEMPTS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final List<NatsNode> nodes;
    private volatile String lastFault = "no server runs";

    private NatsCluster(List<NatsNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Starts three servers on free ports and waits until streams with three replicas can be made.
     *
     * @return the servers, running
     * @throws IllegalStateException if the program is missing or they do not start, with what to do about it
     */
    public static NatsCluster start() {
        return start(NatsRelease.USUAL);
    }

    /**
     * Starts three servers of a release on free ports and waits until streams with three replicas can be made.
     *
     * @param release which
     * @return the servers, running
     * @throws IllegalStateException if the program is missing or they do not start, with what to do about it
     */
    public static NatsCluster start(NatsRelease release) {
        return start(release, NatsCluster::freePorts);
    }

    /** Each server must know the ports of the others beforehand, so that another program may be faster to take one. */
    static NatsCluster start(NatsRelease release, Supplier<List<Integer>> ports) {
        for (int attempt = 1; ; attempt++) {
            NatsCluster cluster = null;
            try {
                cluster = new NatsCluster(startNodes(release, ports.get()));
                cluster.awaitReady();
                return cluster;
            } catch (IllegalStateException e) {
                if (cluster != null) {
                    cluster.close();
                }
                if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains(NatsNode.TAKEN)) {
                    throw e;
                }
            }
        }
    }

    private static List<NatsNode> startNodes(NatsRelease release, List<Integer> ports) {
        String cluster = "betrue-" + UUID.randomUUID();
        String routes = ports.stream().map(port -> "nats://127.0.0.1:" + port).collect(Collectors.joining(", "));
        List<NatsNode> started = new ArrayList<>();
        try {
            for (int port : ports) {
                started.add(NatsNode.start(
                        release,
                        "cluster { name: \"" + cluster + "\", listen: \"127.0.0.1:" + port + "\", routes: [" + routes
                                + "] }\n"));
            }
            return started;
        } catch (RuntimeException e) {
            started.forEach(NatsNode::close);
            throw e;
        }
    }

    /** Ports that were free together a moment ago; the kernel seldom gives them to somebody else at once. */
    static List<Integer> freePorts() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < SIZE; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the addresses of all servers for clients, running or not} */
    public List<String> urls() {
        return nodes.stream().map(NatsNode::url).toList();
    }

    /**
     * {@return one of the servers}
     *
     * @param index 0, 1 or 2
     */
    public NatsNode node(int index) {
        return nodes.get(index);
    }

    /**
     * Waits for the server that leads a stream: after the leader was killed or frozen another is elected, mostly within
     * ten seconds.
     *
     * @param stream the name of a stream
     * @return the leader, which runs
     * @throws IllegalStateException if the stream has no leader that runs within two minutes
     */
    public NatsNode leaderOf(String stream) {
        List<NatsNode> found = new ArrayList<>();
        if (!Waiting.until(LIMIT, () -> running().stream().anyMatch(node -> knowsLeader(node, stream, found)))) {
            throw new IllegalStateException(
                    "stream " + stream + " has no leader that runs within " + LIMIT + ": " + lastFault);
        }
        return found.get(0);
    }

    private boolean knowsLeader(NatsNode node, String stream, List<NatsNode> found) {
        return asked(node, jetStream -> {
            ClusterInfo info = jetStream.getStreamInfo(stream).getClusterInfo();
            running().stream()
                    .filter(running -> info != null && running.name().equals(info.getLeader()))
                    .forEach(found::add);
            return !found.isEmpty();
        });
    }

    /**
     * Waits until every server that runs has JetStream answer, which needs a leader, and, where all three run, until
     * streams with three replicas can be made.
     *
     * @throws IllegalStateException if it is not so within two minutes; two must run for there to be a leader
     */
    public void awaitReady() {
        if (!Waiting.until(LIMIT, this::isReady)) {
            throw new IllegalStateException("the NATS servers " + urls() + " are not ready within " + LIMIT + ", "
                    + running().size() + " of " + SIZE + " run: " + lastFault);
        }
    }

    private boolean isReady() {
        List<NatsNode> running = running();
        return !running.isEmpty()
                && running.stream().allMatch(this::answers)
                && (running.size() < SIZE || makesStream(running.get(0)));
    }

    private boolean answers(NatsNode node) {
        return asked(node, jetStream -> jetStream.getAccountStatistics() != null);
    }

    private boolean makesStream(NatsNode node) {
        String name = "ready-" + UUID.randomUUID();
        return asked(node, jetStream -> {
            jetStream.addStream(StreamConfiguration.builder()
                    .name(name)
                    .subjects(name)
                    .replicas(SIZE)
                    .storageType(StorageType.Memory)
                    .build());
            return jetStream.deleteStream(name);
        });
    }

    private interface Question {
        boolean isTrue(JetStreamManagement jetStream) throws IOException, JetStreamApiException;
    }

    private boolean asked(NatsNode node, Question question) {
        try (Asked asked = new Asked(node)) {
            return question.isTrue(asked.management);
        } catch (IOException | JetStreamApiException notYet) {
            lastFault = node.name() + ": " + notYet.getMessage();
            return false;
        }
    }

    private List<NatsNode> running() {
        return nodes.stream().filter(NatsNode::isRunning).toList();
    }

    /** A connection to one server for a question, which stays quiet where that one does not answer. */
    private static final class Asked implements AutoCloseable {
        private final Connection connection;
        private final JetStreamManagement management;

        Asked(NatsNode node) throws IOException {
            try {
                connection = Nats.connect(Options.builder()
                        .server(node.url())
                        .noReconnect()
                        .ignoreDiscoveredServers()
                        .connectionTimeout(ANSWER)
                        .errorListener(new ErrorListener() {})
                        .build());
                management = connection.jetStreamManagement(
                        JetStreamOptions.builder().requestTimeout(ANSWER).build());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                connection.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /** Ends all servers at once and deletes their streams. */
    @Override
    public void close() {
        nodes.forEach(NatsNode::close);
    }
}
