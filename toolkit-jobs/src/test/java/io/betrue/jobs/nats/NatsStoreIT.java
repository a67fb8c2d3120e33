package io.betrue.jobs.nats;

import io.betrue.jobs.internal.JobStore;
import io.betrue.jobs.internal.JobStoreContract;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract of all stores, kept by NATS. */
class NatsStoreIT extends JobStoreContract {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private static Connection connection;
    private NatsStore store;

    @BeforeAll
    static void connect() throws IOException, InterruptedException {
        connection = Nats.connect(NATS.url());
    }

    @AfterAll
    static void disconnect() throws InterruptedException {
        connection.close();
    }

    @BeforeEach
    void openStore() {
        Limits limits = new Limits(1, 100_000, 100_000, 100_000, Limits.keptByDefault(), Duration.ofSeconds(30));
        store = new NatsStore(connection, new Names(NATS.namespace()), limits);
    }

    @AfterEach
    void empty() {
        store.close();
        Namespaces.remove(connection, store.names().namespace);
    }

    @Override
    protected JobStore store() {
        return store;
    }
}
