package io.betrue.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.localservers.NatsRelease;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // closing a connection of jnats may be interrupted
class NatsClusterIT {
    @Test
    void keepsAStreamOfThreeReplicasOverTheDeathOfItsLeader() throws Exception {
        long start = System.nanoTime();
        try (NatsCluster cluster = NatsCluster.start()) {
            System.out.println("started three NATS servers in " + (System.nanoTime() - start) / 1_000_000 + " ms");
            assertThat(cluster.urls()).hasSize(3).doesNotHaveDuplicates();
            NatsNode leader;
            try (Connection connection = connect(cluster)) {
                connection
                        .jetStreamManagement()
                        .addStream(StreamConfiguration.builder()
                                .name("notes")
                                .subjects("notes")
                                .replicas(3)
                                .build());
                connection.jetStream().publish("notes", "kept".getBytes(StandardCharsets.UTF_8));
                leader = cluster.leaderOf("notes");
            }

            leader.kill();
            NatsNode next = cluster.leaderOf("notes");
            cluster.awaitReady();

            assertThat(next).isNotSameAs(leader);
            try (Connection connection = connect(cluster)) {
                assertThat(connection
                                .jetStreamManagement()
                                .getStreamInfo("notes")
                                .getStreamState()
                                .getMsgCount())
                        .isEqualTo(1);
            }
            leader.startAgain();
            next.pause();
            assertThat(cluster.leaderOf("notes")).isNotSameAs(next);
            next.resume();
            cluster.awaitReady();
        }
    }

    @Test
    void triesOtherPortsWhereOneIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Integer> asked = new ArrayList<>();
            Supplier<List<Integer>> ports = () -> {
                List<Integer> free = new ArrayList<>(NatsCluster.freePorts());
                if (asked.isEmpty()) {
                    free.set(2, other.getLocalPort());
                }
                asked.add(free.get(2));
                return free;
            };
            try (NatsCluster cluster = NatsCluster.start(NatsRelease.USUAL, ports)) {
                assertThat(asked).hasSize(2);
                assertThat(cluster.node(2).isRunning()).isTrue();
            }
        }
    }

    private static Connection connect(NatsCluster cluster) throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .servers(cluster.urls().toArray(String[]::new))
                .noReconnect()
                .build());
    }
}
