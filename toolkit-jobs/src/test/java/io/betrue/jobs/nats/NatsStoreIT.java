package io.betrue.jobs.nats;

import io.betrue.jobs.internal.JobStore;
import io.betrue.jobs.internal.JobStoreContract;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of all stores, kept by NATS. */
class NatsStoreIT extends JobStoreContract {
    private Connection connection;
    private NatsStore store;

    /** {@return the server that the tests are run against} */
    TestNats nats() {
        return TestNats.shared();
    }

    @BeforeEach
    void openStore() throws IOException, InterruptedException {
        connection = Nats.connect(nats().url());
        Limits limits = new Limits(1, 100_000, 100_000, 100_000, Limits.keptByDefault(), Duration.ofSeconds(30));
        store = new NatsStore(connection, new Names(nats().namespace()), limits, Keeper.ALARMS_FROM);
    }

    @AfterEach
    void empty() throws InterruptedException {
        store.close();
        Namespaces.remove(connection, store.names().namespace);
        connection.close();
    }

    @Override
    protected JobStore store() {
        return store;
    }
}
