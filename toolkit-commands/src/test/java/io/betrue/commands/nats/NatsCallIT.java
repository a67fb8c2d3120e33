package io.betrue.commands.nats;

import io.betrue.commands.Commands;
import io.betrue.commands.Target;
import io.betrue.commands.contract.CallContract;
import io.betrue.testsupport.TestNats;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The table of calls over NATS. */
class NatsCallIT extends CallContract {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    @Override
    protected Way open(Commands commands) {
        String prefix = NATS.namespace();
        Connection here = connect();
        Connection there = connect();
        NatsServer server =
                NatsCommands.serve(commands, here, c -> c.prefix(prefix).owns("*"));
        NatsClient client = NatsCommands.client(
                there,
                c -> c.prefix(prefix)
                        .catalogue(commands.catalogue())
                        .mapper(commands.mapper())
                        .silenceLimit(java.time.Duration.ofSeconds(10)));
        return new Way() {
            @Override
            public Target target() {
                return client;
            }

            @Override
            public void close() {
                client.close();
                server.close();
                commands.close();
                end(there);
                end(here);
            }
        };
    }

    private static Connection connect() {
        try {
            return Nats.connect(NatsCommands.options(NATS.url()).build());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
