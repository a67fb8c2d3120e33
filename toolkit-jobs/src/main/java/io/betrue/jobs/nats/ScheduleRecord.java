package io.betrue.jobs.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.jobs.Cron;
import io.betrue.jobs.Schedule.Misfire;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.internal.MissedTicks;
import io.betrue.jobs.internal.NewJob;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it stands in the control bucket.
 *
 * @param name its name
 * @param cron the expression
 * @param zone the zone it counts in
 * @param misfire what happens to missed ticks
 * @param job what each tick enqueues
 * @param paused whether nothing is enqueued
 * @param next the next tick, or {@code null} when none will ever come
 * @param last the tick that was enqueued last, or {@code null}
 * @param lastJob the number of the last job, or {@code null}
 * @param promised ticks that have come and may not be enqueued yet
 */
record ScheduleRecord(
        String name,
        String cron,
        ZoneId zone,
        Misfire misfire,
        NewJob job,
        boolean paused,
        @Nullable Instant next,
        @Nullable Instant last,
        @Nullable Long lastJob,
        List<Promise> promised) {
    /**
     * A tick and the number that its job has or will have, whoever enqueues it: whoever comes second finds the first one's.
     *
     * @param tick when
     * @param job the number
     */
    record Promise(Instant tick, long job) {}

    /** {@return whether both wish for the same} */
    boolean wishesAs(ScheduleRecord other) {
        return ticksAs(other) && misfire == other.misfire && job.equals(other.job);
    }

    boolean ticksAs(ScheduleRecord other) {
        return cron.equals(other.cron) && zone.equals(other.zone);
    }

    /** {@return these wishes, and of what has come what another record says; the next tick is counted anew where the expression differs} */
    ScheduleRecord over(ScheduleRecord there) {
        Instant nextTick = ticksAs(there) ? there.next : next;
        return new ScheduleRecord(
                name, cron, zone, misfire, job, there.paused, nextTick, there.last, there.lastJob, there.promised);
    }

    ScheduleRecord paused(boolean now) {
        return new ScheduleRecord(name, cron, zone, misfire, job, now, next, last, lastJob, promised);
    }

    /** {@return what has come by a time} */
    MissedTicks missed(Instant now, Instant first) {
        return MissedTicks.until(now, Cron.parse(cron), zone, misfire, first);
    }

    ScheduleRecord promising(List<Promise> promises, @Nullable Instant nextTick) {
        return new ScheduleRecord(name, cron, zone, misfire, job, paused, nextTick, last, lastJob, promises);
    }

    ScheduleRecord kept(Instant tick, long id) {
        return new ScheduleRecord(name, cron, zone, misfire, job, paused, next, tick, id, List.of());
    }

    ScheduleInfo info() {
        return new ScheduleInfo(name, cron, zone, misfire, job.type(), job.payload(), paused, next, last, lastJob);
    }

    byte[] write() {
        ObjectNode json = Wire.JSON
                .createObjectNode()
                .put("name", name)
                .put("cron", cron)
                .put("zone", zone.getId())
                .put("misfire", misfire.name())
                .put("paused", paused);
        put(json, "next", next);
        put(json, "last", last);
        if (lastJob != null) {
            json.put("lastJob", lastJob);
        }
        write(json.putObject("job"), job);
        ArrayNode all = json.putArray("promised");
        promised.forEach(promise ->
                all.addObject().put("tick", promise.tick().toString()).put("job", promise.job()));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode json, String field, @Nullable Instant time) {
        if (time != null) {
            json.put(field, time.toString());
        }
    }

    private static void write(ObjectNode json, NewJob job) {
        json.put("type", job.type())
                .put("version", job.version())
                .put("queue", job.queue())
                .put("priority", job.priority())
                .put("attempts", job.attempts())
                .put("timeout", job.timeout().toString())
                .put("payload", job.payload());
        job.tags().forEach(json.putArray("tags")::add);
        if (job.uniqueKey() != null) {
            json.put("uniqueKey", job.uniqueKey());
        }
        if (job.uniqueFor() != null) {
            json.put("uniqueFor", job.uniqueFor().toString());
        }
    }

    static ScheduleRecord read(byte[] body) {
        JsonNode json = Wire.read(body);
        List<Promise> promised = new ArrayList<>();
        json.path("promised")
                .forEach(promise -> promised.add(new Promise(
                        Instant.parse(promise.path("tick").asText()),
                        promise.path("job").asLong())));
        return new ScheduleRecord(
                json.path("name").asText(),
                json.path("cron").asText(),
                ZoneId.of(json.path("zone").asText()),
                Misfire.valueOf(json.path("misfire").asText()),
                job(json.path("job")),
                json.path("paused").asBoolean(),
                time(json, "next"),
                time(json, "last"),
                json.has("lastJob") ? json.path("lastJob").asLong() : null,
                promised);
    }

    private static @Nullable Instant time(JsonNode json, String field) {
        return json.has(field) ? Instant.parse(json.path(field).asText()) : null;
    }

    private static NewJob job(JsonNode json) {
        List<String> tags = new ArrayList<>();
        json.path("tags").forEach(tag -> tags.add(tag.asText()));
        return new NewJob(
                json.path("type").asText(),
                json.path("version").asInt(),
                json.path("queue").asText(),
                json.path("priority").asInt(),
                json.path("attempts").asInt(),
                Duration.parse(json.path("timeout").asText()),
                json.path("payload").asText(),
                tags,
                json.has("uniqueKey") ? json.path("uniqueKey").asText() : null,
                json.has("uniqueFor") ? Duration.parse(json.path("uniqueFor").asText()) : null,
                null,
                null,
                null);
    }
}
