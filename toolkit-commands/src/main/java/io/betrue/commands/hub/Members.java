package io.betrue.commands.hub;

import io.betrue.commands.Push;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The connections of this node, and how they are found. Safe for use by multiple threads. */
final class Members {
    private final Map<String, Member> sessions = new ConcurrentHashMap<>();
    private final Map<String, Set<Member>> users = new ConcurrentHashMap<>();
    private final Map<String, Set<Member>> tags = new ConcurrentHashMap<>();

    @Nullable
    Member find(String session) {
        return sessions.get(session);
    }

    /** {@return the one that is known by that name, perhaps the one given} */
    Member add(Member member) {
        Member known = sessions.putIfAbsent(member.session(), member);
        return known == null ? member : known;
    }

    int count() {
        return sessions.size();
    }

    /** Says whose it is, and its tags. */
    synchronized void describe(Member member, @Nullable String user, Set<String> all) {
        unindex(member);
        member.describe(user, all);
        if (!member.isGone()) {
            if (user != null) {
                index(users, user, member);
            }
            all.forEach(tag -> index(tags, tag, member));
        }
    }

    synchronized void remove(Member member) {
        sessions.remove(member.session(), member);
        unindex(member);
    }

    private void unindex(Member member) {
        String user = member.user();
        if (user != null) {
            unindex(users, user, member);
        }
        member.tags().forEach(tag -> unindex(tags, tag, member));
    }

    private static void index(Map<String, Set<Member>> index, String key, Member member) {
        index.computeIfAbsent(key, name -> ConcurrentHashMap.newKeySet(1)).add(member);
    }

    private static void unindex(Map<String, Set<Member>> index, String key, Member member) {
        Set<Member> all = index.get(key);
        if (all != null) {
            all.remove(member);
            if (all.isEmpty()) {
                index.remove(key);
            }
        }
    }

    /** {@return whom an audience other than a room means here, exceptions included} */
    Collection<Member> meant(Audience.Part part) {
        return switch (part.kind()) {
            case ALL -> sessions.values();
            case USER -> users.getOrDefault(part.value(), Set.of());
            case TAG -> tags.getOrDefault(part.value(), Set.of());
            case SESSION -> {
                Member member = sessions.get(part.value());
                yield member == null ? List.of() : List.of(member);
            }
            case ROOM ->
                sessions.values().stream()
                        .filter(member -> member.isIn(part.value()))
                        .toList();
        };
    }

    void send(Audience audience, Push push, HubTelemetry.Delivery delivery) {
        for (Member member : meant(audience.part())) {
            if (audience.exceptions().isEmpty() || !member.isAny(audience.exceptions())) {
                delivery.to(member.send(push));
            }
        }
        delivery.end();
    }
}
