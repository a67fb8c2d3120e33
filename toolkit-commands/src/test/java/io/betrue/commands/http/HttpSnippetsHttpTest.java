package io.betrue.commands.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.CommandClient;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Reply;
import io.betrue.commands.SchemaCheck;
import io.betrue.errors.ErrorsPlugin;
import io.javalin.Javalin;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/commands-http.md shows. */
class HttpSnippetsHttpTest {
    @TempDir
    Path dir;

    @Test
    void servesAndCalls() throws Exception {
        SchemaCheck schemas = Till.schemas();
        try (Commands commands = new Till().commands(c -> {})) {
            // tag::serve[]
            Javalin app = Javalin.create(config -> {
                config.registerPlugin(new ErrorsPlugin(e -> e.catalogue(Till.TillError.values())));
                config.registerPlugin(new HttpCommands(
                        commands, h -> h.schemas(schemas).rest("GET", "/tills/{currency}/balance", Till.BALANCE)));
            });
            // end::serve[]
            app.start("127.0.0.1", 0);
            try {
                calls(URI.create("http://127.0.0.1:" + app.port() + "/api"));
            } finally {
                app.stop();
            }
        }
    }

    private void calls(URI base) throws Exception {
        // tag::call[]
        HttpTarget till =
                HttpCommands.client(base, t -> t.catalogue(Till.catalogue()).inFlight(64));
        CommandClient anna = till.client().bearer("anna");
        Till.Balance balance = anna.timeout(Duration.ofSeconds(2)).call(Till.DEPOSIT, new Till.Deposit("EUR", 100));
        // end::call[]
        assertThat(balance.amount()).isEqualTo(100);
        Path file = Files.write(dir.resolve("report.pdf"), Till.pattern(10_000));
        // tag::upload[]
        try (Content report =
                Content.of(Files.newInputStream(file)).as("application/pdf").named("report.pdf")) {
            Till.Stored stored = till.client().content(report).call(Till.STORE, new Till.Named("March"));
            assertThat(stored.bytes()).isEqualTo(Files.size(file));
        }
        // end::upload[]
        Path copy = dir.resolve("copy");
        // tag::download[]
        Reply<Till.Named> reply = till.client().exchange(Till.FETCH, new Till.Sized(10_000, false));
        try (Content content = reply.requireContent()) {
            Files.copy(content.stream(), copy);
        }
        // end::download[]
        assertThat(copy).hasSize(10_000);
        till.close();
    }
}
