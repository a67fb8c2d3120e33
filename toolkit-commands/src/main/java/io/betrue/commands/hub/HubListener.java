package io.betrue.commands.hub;

import io.betrue.commands.hub.Broadcaster.RoomMessage;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a hub does with what it hears. Until it begins it hears nothing. */
final class HubListener implements Broadcaster.Listener {
    private volatile @Nullable Ears ears;

    /** Whom it passes things on to. */
    record Ears(Members members, Rooms rooms, Nodes nodes, HubTelemetry telemetry) {}

    void begin(Ears all) {
        ears = all;
    }

    @Override
    public void published(RoomMessage message) {
        Ears known = ears;
        if (known != null) {
            known.rooms.published(message);
        }
    }

    @Override
    public void told(byte[] body) {
        Ears known = ears;
        Envelope envelope = known == null ? null : Envelope.read(body);
        if (known == null || envelope == null || known.nodes.isSelf(envelope.from())) {
            return;
        }
        known.nodes.heard(envelope);
        Audience audience = envelope.audience();
        if (audience == null) {
            return;
        }
        switch (envelope.kind()) {
            case "event" ->
                known.members.send(
                        audience,
                        Frames.event(envelope.text("event"), envelope.data()),
                        known.telemetry.delivers(envelope));
            case "disconnect" -> disconnect(known.members, audience, code(envelope.text("code")));
            case "remove" -> remove(known.members, known.rooms, audience, envelope.text("room"));
            default -> {}
        }
    }

    private static StandardError code(String name) {
        return Arrays.stream(StandardError.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(StandardError.UNAVAILABLE);
    }

    static void disconnect(Members members, Audience audience, StandardError why) {
        Problem problem = why.problem().build();
        chosen(members, audience).forEach(member -> member.connection().close(problem));
    }

    static void remove(Members members, Rooms rooms, Audience audience, String room) {
        for (Member member : chosen(members, audience)) {
            if (member.isIn(room)) {
                rooms.leave(member, room);
                member.send(Frames.left(room));
            }
        }
    }

    private static List<Member> chosen(Members members, Audience audience) {
        return members.meant(audience.part()).stream()
                .filter(member -> !member.isAny(audience.exceptions()))
                .toList();
    }

    @Override
    public void interrupted() {
        Ears known = ears;
        if (known != null) {
            known.rooms.interrupted();
        }
    }

    @Override
    public void restored() {
        Ears known = ears;
        if (known != null) {
            known.rooms.restored();
            known.nodes.beat();
        }
    }
}
