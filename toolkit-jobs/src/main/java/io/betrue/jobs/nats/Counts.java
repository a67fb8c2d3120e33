package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How many messages there are, as JetStream counts them. Safe for use by multiple threads. */
final class Counts {
    private static final Duration COUNTER_KEPT = Duration.ofSeconds(5);

    private final Wire wire;
    private final Names names;

    Counts(Wire wire, Names names) {
        this.wire = wire;
        this.names = names;
    }

    /**
     * What lies before the consumers of a queue.
     *
     * @param messages how many there are, those that were delivered and not acknowledged included
     * @param untouched how many were never delivered
     * @param next for each band with such, the first number that may be one's
     */
    record Load(long messages, long untouched, List<Ahead> next) {
        Load plus(Load other) {
            List<Ahead> both = new ArrayList<>(next);
            both.addAll(other.next);
            return new Load(messages + other.messages, untouched + other.untouched, both);
        }
    }

    /**
     * Where messages begin that were never delivered.
     *
     * @param subjects a consumer's
     * @param from the first number that may be one's
     */
    record Ahead(String subjects, long from) {}

    /** {@return all queues that have ever had a job or a worker, by name} */
    Map<String, Load> queues() {
        Map<String, Load> queues = new TreeMap<>();
        int seen = 0;
        int total;
        do {
            JsonNode page = wire.api(
                    "CONSUMER.LIST." + names.work, Wire.JSON.createObjectNode().put("offset", seen));
            total = page.path("total").asInt();
            JsonNode consumers = page.path("consumers");
            for (JsonNode consumer : consumers) {
                String subjects = consumer.path("config").path("filter_subject").asText();
                queues.merge(Names.name(subjects.split("\\.", -1)[2]), load(subjects, consumer), Load::plus);
            }
            if (consumers.isEmpty()) {
                break;
            }
            seen += consumers.size();
        } while (seen < total);
        return queues;
    }

    private static Load load(String subjects, JsonNode consumer) {
        long untouched = consumer.path("num_pending").asLong();
        long from = consumer.path("delivered").path("stream_seq").asLong() + 1;
        return new Load(
                untouched + consumer.path("num_ack_pending").asLong(),
                untouched,
                untouched == 0 ? List.of() : List.of(new Ahead(subjects, from)));
    }

    /** {@return how many messages a stream has} */
    long messages(String stream) {
        return wire.api("STREAM.INFO." + stream, null)
                .path("state")
                .path("messages")
                .asLong();
    }

    /** Names the subjects of one queue in a stream. */
    @FunctionalInterface
    interface Filter {
        String of(String queue);
    }

    /**
     * {@return how many messages a stream has for each queue that has any}
     *
     * @param all the filter of all queues
     * @param since only those written after this count, where it is not {@code null}
     */
    Map<String, Long> byQueue(String stream, Set<String> queues, String all, Filter filter, @Nullable Instant since) {
        Map<String, Long> counts = new TreeMap<>();
        long left = since == null ? messages(stream) : count(stream, all, since);
        Iterator<String> names = queues.iterator();
        while (left > 0 && names.hasNext()) {
            String queue = names.next();
            long found = count(stream, filter.of(queue), since);
            if (found > 0) {
                counts.put(queue, found);
                left -= found;
            }
        }
        return counts;
    }

    /** Lets a consumer that nobody uses say how much is before it. */
    private long count(String stream, String filter, @Nullable Instant since) {
        ObjectNode config = Wire.JSON
                .createObjectNode()
                .put("filter_subject", filter)
                .put("ack_policy", "explicit")
                .put("deliver_policy", since == null ? "all" : "by_start_time")
                .put("inactive_threshold", COUNTER_KEPT.toNanos())
                .put("mem_storage", true);
        if (since != null) {
            config.put("opt_start_time", since.toString());
        }
        ObjectNode request = Wire.JSON.createObjectNode().put("stream_name", stream);
        request.set("config", config);
        JsonNode made = wire.api("CONSUMER.CREATE." + stream, request);
        CompletableFuture<?> unused = wire.ask(
                "$JS.API.CONSUMER.DELETE." + stream + '.' + made.path("name").asText(), null, new byte[0]);
        return made.path("num_pending").asLong();
    }
}
