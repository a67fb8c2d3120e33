package io.betrue.commands.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.commands.hub.Broadcaster.Link;
import io.betrue.commands.hub.Presence.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The other nodes: who is alive, and what they answer when they are asked who is in a room. Safe for use by multiple threads. */
final class Nodes {
    private static final int BEATS_MISSED = 4;
    private static final int MOST_NODES = 1_000;
    private static final int MOST_ASKED = 10_000;

    private final String self;
    private final Link link;
    private final Rooms rooms;
    private final long deadAfter;
    private final int presenceLimit;
    private final Duration patience;
    private final Map<String, Long> beats = new ConcurrentHashMap<>();
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    Nodes(String self, Link link, Rooms rooms, Duration heartbeat, int presenceLimit) {
        this.self = self;
        this.link = link;
        this.rooms = rooms;
        this.deadAfter = heartbeat.multipliedBy(BEATS_MISSED).toNanos();
        this.presenceLimit = presenceLimit;
        this.patience = heartbeat;
    }

    /** Somebody waits for the answers of nodes. */
    private final class Asked {
        private final String room;
        private final Set<String> silent;
        private final List<Present> members = new ArrayList<>();
        private final CompletableFuture<Presence> answer = new CompletableFuture<>();
        private long count;

        Asked(String room, Set<String> silent) {
            this.room = room;
            this.silent = silent;
        }

        synchronized void heard(String node, long more, List<Present> some) {
            if (silent.remove(node)) {
                count += more;
                some.stream().limit((long) presenceLimit - members.size()).forEach(members::add);
            }
            endIfAllAnswered();
        }

        synchronized void died(Set<String> alive) {
            silent.retainAll(alive);
            endIfAllAnswered();
        }

        synchronized void endIfAllAnswered() {
            if (silent.isEmpty()) {
                end();
            }
        }

        synchronized Presence end() {
            Presence presence = new Presence(room, count, members, silent.isEmpty());
            answer.complete(presence);
            return presence;
        }
    }

    boolean isSelf(String node) {
        return self.equals(node);
    }

    void heard(Envelope envelope) {
        String from = envelope.from();
        if (envelope.kind().equals("bye")) {
            beats.remove(from);
        } else if (beats.size() < MOST_NODES || beats.containsKey(from)) {
            boolean stranger = beats.put(from, System.nanoTime()) == null;
            if (stranger) {
                beat(); // so that it knows this one at once
            }
        }
        switch (envelope.kind()) {
            case "ask" -> answer(envelope);
            case "answer" -> answered(envelope);
            default -> {}
        }
    }

    void beat() {
        link.tell(Envelope.write(Envelope.head("beat", self), ""));
    }

    void bye() {
        link.tell(Envelope.write(Envelope.head("bye", self), ""));
    }

    /** Forgets nodes that are silent. */
    void tick() {
        beat();
        long now = System.nanoTime();
        if (beats.values().removeIf(last -> now - last > deadAfter)) {
            Set<String> alive = Set.copyOf(beats.keySet());
            asked.values().forEach(one -> one.died(alive));
        }
    }

    /** {@return the other nodes that are alive} */
    Set<String> alive() {
        return Set.copyOf(beats.keySet());
    }

    CompletionStage<Presence> presence(String room) {
        Asked ask = new Asked(room, ConcurrentHashMap.newKeySet());
        ask.silent.addAll(beats.keySet());
        ask.silent.add(self);
        List<Present> here = new ArrayList<>();
        long count = count(room, here);
        if (ask.silent.size() > 1 && asked.size() < MOST_ASKED) {
            String id = Names.random();
            asked.put(id, ask);
            link.tell(Envelope.write(Envelope.head("ask", self).put("id", id).put("room", room), ""));
            ask.heard(self, count, here);
            return ask.answer
                    .copy()
                    .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(answer -> answer == null ? ask.end() : answer)
                    .whenComplete((answer, failure) -> asked.remove(id));
        }
        ask.heard(self, count, here);
        return CompletableFuture.completedStage(ask.end());
    }

    private long count(String name, List<Present> into) {
        Room room = rooms.find(name);
        return room == null ? 0 : room.count(presenceLimit, into);
    }

    private void answer(Envelope ask) {
        List<Present> here = new ArrayList<>();
        long count = count(ask.text("room"), here);
        ObjectNode head =
                Envelope.head("answer", self).put("id", ask.text("id")).put("count", count);
        ArrayNode some = head.putArray("some");
        here.forEach(one -> some.addArray().add(one.user()).add(one.session()));
        link.tell(ask.from(), Envelope.write(head, ""));
    }

    private void answered(Envelope answer) {
        Asked ask = asked.get(answer.text("id"));
        if (ask != null) {
            List<Present> some = new ArrayList<>();
            for (JsonNode one : answer.head().path("some")) {
                JsonNode user = one.path(0);
                some.add(new Present(
                        user.isNull() ? null : user.asText(), one.path(1).asText()));
            }
            ask.heard(answer.from(), answer.head().path("count").asLong(), some);
        }
    }
}
