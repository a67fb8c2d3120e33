package io.betrue.commands.nats;

import io.betrue.commands.CommandType;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The commands that are served, and the subjects they are served on. Immutable. */
final class Endpoints {
    private final Map<String, Endpoint> bySubject;
    private final List<String> subscriptions;

    private Endpoints(Map<String, Endpoint> bySubject, List<String> subscriptions) {
        this.bySubject = bySubject;
        this.subscriptions = subscriptions;
    }

    static Endpoints of(
            Collection<CommandType<?, ?>> types, Subjects subjects, List<String> patterns, Set<String> owned) {
        Map<String, Endpoint> bySubject = new LinkedHashMap<>();
        types.stream()
                .filter(type -> isWanted(type, patterns))
                .sorted(Comparator.comparing(type -> type.address()))
                .map(type -> new Endpoint(type, subjects.of(type.address())))
                .forEach(endpoint -> bySubject.put(endpoint.subject(), endpoint));
        List<String> groups = owned.stream().map(subjects::below).toList();
        Stream<String> single = bySubject.keySet().stream()
                .filter(subject -> groups.stream().noneMatch(group -> isBelow(subject, group)));
        return new Endpoints(bySubject, Stream.concat(groups.stream(), single).toList());
    }

    private static boolean isWanted(CommandType<?, ?> type, List<String> patterns) {
        return patterns.isEmpty()
                ? !type.code().startsWith("_")
                : patterns.stream().anyMatch(pattern -> matches(pattern, type.address()));
    }

    private static boolean matches(String pattern, String address) {
        return pattern.endsWith("*")
                ? address.startsWith(pattern.substring(0, pattern.length() - 1))
                : address.equals(pattern);
    }

    private static boolean isBelow(String subject, String group) {
        return subject.startsWith(group.substring(0, group.length() - 1));
    }

    /** {@return what to listen to: where a whole group is heard, its commands are not heard again} */
    List<String> subscriptions() {
        return subscriptions;
    }

    Collection<Endpoint> all() {
        return bySubject.values();
    }

    @Nullable
    Endpoint on(String subject) {
        return bySubject.get(subject);
    }
}
