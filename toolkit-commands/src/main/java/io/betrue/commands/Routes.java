package io.betrue.commands;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who answers which address. Immutable, but for what it remembers of forwarded addresses; safe for use by multiple threads. */
final class Routes {
    private static final Pattern FORWARDED =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(/[A-Za-z_][A-Za-z0-9_-]*){0,7}(\\.v[0-9]{1,4})?");
    private static final Pattern GROUP = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*/){0,7}\\*");
    private static final int MAX_ADDRESS = 210;
    private static final int REMEMBERED = 10_000;

    private final Map<String, Entry> exact;
    private final List<Group> groups;
    private final Map<String, Entry> forwarded = new ConcurrentHashMap<>();

    /** A command and who answers it. */
    record Entry(CommandType<?, ?> type, Route route) {}

    private record Group(String prefix, Target target) {}

    private Routes(Map<String, Entry> exact, List<Group> groups) {
        this.exact = exact;
        this.groups = groups;
    }

    @Nullable
    Entry find(String address) {
        Entry entry = exact.get(address);
        return entry != null || groups.isEmpty() ? entry : findGroup(address);
    }

    private @Nullable Entry findGroup(String address) {
        Entry known = forwarded.get(address);
        if (known != null) {
            return known;
        }
        if (address.length() > MAX_ADDRESS || !FORWARDED.matcher(address).matches()) {
            return null;
        }
        for (Group group : groups) {
            if (address.startsWith(group.prefix)) {
                return remember(address, group.target);
            }
        }
        return null;
    }

    private Entry remember(String address, Target target) {
        int version = address.lastIndexOf(".v");
        CommandType<JsonNode, JsonNode> type = CommandType.of(
                        version < 0 ? address : address.substring(0, version), JsonNode.class, JsonNode.class)
                .open();
        if (version >= 0) {
            type = type.version(Integer.parseInt(address.substring(version + 2)));
        }
        Entry entry = new Entry(type, new Route.Forward(type, target));
        if (forwarded.size() < REMEMBERED) { // strangers may ask for whatever they like
            forwarded.put(address, entry);
        }
        return entry;
    }

    /** {@return the commands of which more is known than their group} */
    Collection<CommandType<?, ?>> types() {
        return exact.values().stream().<CommandType<?, ?>>map(Entry::type).toList();
    }

    /** {@return those that are not forwarded} */
    Collection<CommandType<?, ?>> handled() {
        return exact.values().stream()
                .filter(entry -> !entry.route().isForward())
                .<CommandType<?, ?>>map(Entry::type)
                .toList();
    }

    /** Collects who answers what; a mistake shows at once. */
    static final class Draft {
        private final Map<String, Handled<?, ?>> handlers = new LinkedHashMap<>();
        private final Map<String, Entry> forwards = new LinkedHashMap<>();
        private final Map<String, Target> groups = new LinkedHashMap<>();

        private record Handled<I, O>(CommandType<I, O> type, ReplyHandler<I, O> handler) {
            Entry in(Lane lane) {
                return new Entry(type, new Route.Local<>(type, handler, lane));
            }
        }

        <I, O> void handle(CommandType<I, O> type, ReplyHandler<I, O> handler) {
            refuseTwice(type.address());
            handlers.put(type.address(), new Handled<>(type, handler));
        }

        void forward(CommandType<?, ?> type, Target target) {
            refuseTwice(type.address());
            forwards.put(type.address(), new Entry(type, new Route.Forward(type, target)));
        }

        void forward(String pattern, Target target) {
            if (!GROUP.matcher(pattern).matches()) {
                if (!FORWARDED.matcher(pattern).matches()) {
                    throw new IllegalArgumentException(
                            "pattern \"" + pattern + "\" must look like ledger/deposit or ledger/*");
                }
                refuseTwice(pattern);
                groups.put(pattern, target);
                return;
            }
            if (groups.putIfAbsent(pattern, target) != null) {
                throw new IllegalArgumentException("commands " + pattern + " are forwarded twice");
            }
        }

        private void refuseTwice(String address) {
            if (handlers.containsKey(address) || forwards.containsKey(address) || groups.containsKey(address)) {
                throw new IllegalArgumentException("command " + address + " has two handlers");
            }
        }

        Routes build(Supplier<Lane> lanes) {
            Map<String, Entry> exact = new TreeMap<>(forwards);
            handlers.forEach((address, handled) -> exact.put(address, handled.in(lanes.get())));
            List<Group> longestFirst = groups.entrySet().stream()
                    .map(group -> new Group(
                            group.getKey().endsWith("*")
                                    ? group.getKey().substring(0, group.getKey().length() - 1)
                                    : group.getKey(),
                            group.getValue()))
                    .sorted(Comparator.comparing((Group group) -> group.prefix().length())
                            .reversed())
                    .toList();
            return new Routes(Map.copyOf(exact), longestFirst);
        }
    }
}
