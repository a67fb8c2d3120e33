package io.betrue.commands.nats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.CommandDescription;
import io.betrue.errors.StandardError;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks who is there. */
final class Discovering {
    private static final Logger log = LoggerFactory.getLogger(Discovering.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST = 10_000;

    private Discovering() {}

    static List<NatsService> services(Connection connection, Duration wait) {
        String inbox = connection.createInbox();
        Subscription answers = connection.subscribe(inbox);
        try {
            if (!new Publisher(connection).publish("$SRV.INFO", inbox, new Headers(), Wire.NOTHING)) {
                throw StandardError.UNAVAILABLE
                        .problem()
                        .detail("NATS is away.")
                        .toException();
            }
            return collect(answers, System.nanoTime() + wait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StandardError.CANCELLED.problem().cause(e).toException();
        } finally {
            if (answers.isActive()) {
                answers.unsubscribe();
            }
        }
    }

    private static List<NatsService> collect(Subscription answers, long end) throws InterruptedException {
        List<NatsService> found = new ArrayList<>();
        while (found.size() < MOST) {
            long left = end - System.nanoTime();
            Message message = left <= 0 ? null : answers.nextMessage(Duration.ofNanos(left));
            if (message == null || Wire.isNobodyThere(message)) {
                break;
            }
            NatsService service = service(message);
            if (service != null) {
                found.add(service);
            }
        }
        return List.copyOf(found);
    }

    private static @Nullable NatsService service(Message message) {
        try {
            JsonNode info = MAPPER.readTree(message.getData());
            List<CommandDescription> commands = new ArrayList<>();
            for (JsonNode endpoint : info.path("endpoints")) {
                CommandDescription description = Metadata.description(endpoint.path("metadata"));
                if (description != null) {
                    commands.add(description);
                }
            }
            return new NatsService(
                    info.path("name").asText(),
                    info.path("id").asText(),
                    info.path("version").asText(),
                    info.path("description").asText(),
                    info.path("metadata").path("prefix").asText(Subjects.DEFAULT_PREFIX),
                    commands);
        } catch (JsonProcessingException e) {
            log.debug("somebody answered $SRV.INFO with something else than JSON", e);
        } catch (IOException e) {
            log.debug("an answer to $SRV.INFO could not be read", e);
        }
        return null;
    }
}
