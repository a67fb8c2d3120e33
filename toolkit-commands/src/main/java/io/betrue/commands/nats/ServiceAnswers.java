package io.betrue.commands.nats;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.commands.CommandType;
import io.betrue.schema.Schema;
import io.betrue.schema.SchemaException;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code $SRV.PING}, {@code $SRV.INFO} and {@code $SRV.STATS} as NATS's convention for services has it (ADR-32), in a thread of its own. */
final class ServiceAnswers {
    private static final Logger log = LoggerFactory.getLogger(ServiceAnswers.class);
    private static final int SHARE = 4; // quotes are escaped within a text, and there is more than schemas
    private static final String PREFIX = "$SRV.";
    private static final String TYPE = "io.nats.micro.v1.";

    private final Connection connection;
    private final Publisher publisher;
    private final NatsServerConfig config;
    private final Endpoints endpoints;
    private final String id = NUID.nextGlobal();
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Dispatcher dispatcher;
    private final ArrayNode described;

    ServiceAnswers(Connection connection, NatsServerConfig config, Endpoints endpoints) {
        this.connection = connection;
        this.publisher = new Publisher(connection);
        this.config = config;
        this.endpoints = endpoints;
        this.dispatcher = connection.createDispatcher();
        this.described = described();
    }

    String id() {
        return id;
    }

    void start() {
        answer("PING", this::ping);
        answer("INFO", this::info);
        answer("STATS", this::stats);
    }

    private void answer(String verb, Supplier<ObjectNode> text) {
        String all = PREFIX + verb;
        for (String subject : List.of(all, all + "." + config.name, all + "." + config.name + "." + id)) {
            var unused = dispatcher.subscribe(subject, message -> reply(message, text.get()));
        }
    }

    private void reply(Message message, ObjectNode text) {
        String replyTo = message.getReplyTo();
        if (replyTo != null) {
            publisher.publish(replyTo, null, new Headers(), text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private ObjectNode response(String type) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("type", TYPE + type)
                .put("name", config.name)
                .put("id", id)
                .put("version", config.version)
                .set("metadata", JsonNodeFactory.instance.objectNode().put("prefix", config.prefix));
        return response;
    }

    private ObjectNode ping() {
        return response("ping_response");
    }

    private ObjectNode info() {
        ObjectNode info = response("info_response").put("description", config.description);
        info.set("endpoints", described);
        return info;
    }

    /** What is said of each command; schemas as long as all together stay well below what a message may have. */
    private ArrayNode described() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        long room = connection.getMaxPayload() / SHARE;
        for (Endpoint endpoint : endpoints.all()) {
            CommandType<?, ?> type = endpoint.type();
            ObjectNode metadata = Metadata.of(type);
            room -= add(metadata, Metadata.INPUT, schema(type, config.schemas::input), room);
            room -= add(metadata, Metadata.OUTPUT, schema(type, config.schemas::output), room);
            ObjectNode one = describe(endpoint);
            one.set("metadata", metadata);
            all.add(one);
        }
        return all;
    }

    private static String schema(CommandType<?, ?> type, Function<CommandType<?, ?>, Optional<Schema>> schemas) {
        try {
            return schemas.apply(type)
                    .map(schema -> schema.standalone().toString())
                    .orElse("");
        } catch (SchemaException e) { // documents lack it; whoever checks by it says so at the start
            log.debug("{} has no schema to be shown", type, e);
            return "";
        }
    }

    private static long add(ObjectNode metadata, String name, String schema, long room) {
        if (schema.isEmpty()) {
            return 0;
        }
        if (schema.length() > room) {
            log.warn(
                    "{} of {} is not shown: the schemas of this service are too large", name, metadata.path("address"));
            return 0;
        }
        metadata.put(name, schema);
        return schema.length();
    }

    private ObjectNode stats() {
        ObjectNode stats = response("stats_response").put("started", started.toString());
        ArrayNode all = stats.putArray("endpoints");
        for (Endpoint endpoint : endpoints.all()) {
            long requests = endpoint.requests();
            long nanos = endpoint.nanos();
            all.add(describe(endpoint)
                    .put("num_requests", requests)
                    .put("num_errors", endpoint.errors())
                    .put("last_error", endpoint.lastError())
                    .put("processing_time", nanos)
                    .put("average_processing_time", requests == 0 ? 0 : nanos / requests));
        }
        return stats;
    }

    private ObjectNode describe(Endpoint endpoint) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", endpoint.address().replace('/', '-').replace('.', '-'))
                .put("subject", endpoint.subject())
                .put("queue_group", config.queue);
    }

    /** The service is not to be seen any more. */
    void close() {
        Draining.close(connection, dispatcher);
    }
}
