package io.betrue.swagger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where each route stands in the documents, decided once for all of them.
 *
 * @param paths the operations by their path in OpenAPI, then by their method in small letters
 * @param unlisted the routes that have no place there
 * @param warnings what is not as the application has it, a sentence each
 */
record Plan(Map<String, Map<String, Planned>> paths, List<Unlisted> unlisted, List<String> warnings) {
    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE");

    /**
     * A route with its place.
     *
     * @param route the route
     * @param path its path in OpenAPI; its parameters are named like those of the first route of the same shape
     * @param names the name in the document of each parameter that Javalin has
     * @param id its operationId
     * @param tags its tags
     */
    record Planned(Route route, PathTemplate path, Map<String, String> names, String id, List<String> tags) {}

    /**
     * A route without a place.
     *
     * @param route the route
     * @param reason why
     */
    record Unlisted(Route route, String reason) {}

    /** Plans routes that are sorted; hidden ones are gone already. */
    static Plan of(List<Route> routes, Settings settings) {
        Planner planner = new Planner(settings);
        List<PathTemplate> paths =
                routes.stream().map(route -> PathTemplate.of(route.path())).toList();
        // of two that look alike the one that OpenAPI can say has the place
        for (boolean exact : new boolean[] {true, false}) {
            for (int i = 0; i < paths.size(); i++) {
                if (paths.get(i).exact() == exact) {
                    planner.place(routes.get(i), paths.get(i));
                }
            }
        }
        return planner.plan();
    }

    private static final class Planner {
        private final Settings settings;
        private final List<String> warnings = new ArrayList<>();
        private final List<Unlisted> unlisted = new ArrayList<>();
        private final Map<String, PathTemplate> shapes = new HashMap<>();
        private final Map<String, PathTemplate> byText = new HashMap<>();
        private final Map<String, Map<String, Route>> placed = new TreeMap<>();
        private final IdentityHashMap<Route, PathTemplate> own = new IdentityHashMap<>();

        Planner(Settings settings) {
            this.settings = settings;
        }

        void place(Route route, PathTemplate path) {
            if (!METHODS.contains(route.method())) {
                leaveOut(route, "OpenAPI has no method " + route.method());
                return;
            }
            PathTemplate first = shapes.computeIfAbsent(path.shape(), shape -> path);
            byText.putIfAbsent(first.text(), first);
            Map<String, Route> methods = placed.computeIfAbsent(first.text(), text -> new TreeMap<>());
            Route other = methods.putIfAbsent(route.method(), route);
            if (other != null) {
                leaveOut(route, "it looks like " + other.path() + " in OpenAPI, and only one of them has room");
                return;
            }
            own.put(route, path);
            if (!path.exact()) {
                warnings.add(route.name() + ": OpenAPI has no parameter with slashes and no wildcard; it is written as "
                        + first.text() + ", with x-javalin-path");
            }
        }

        private void leaveOut(Route route, String reason) {
            unlisted.add(new Unlisted(route, reason));
            warnings.add(route.name() + ": " + reason + "; it is listed in x-javalin-routes");
        }

        Plan plan() {
            OperationIds ids = new OperationIds();
            IdentityHashMap<Route, String> given = new IdentityHashMap<>();
            placed.forEach((path, methods) -> methods.values().forEach(route -> {
                String id = route.operation().id();
                if (id != null) {
                    given.put(route, ids.reserve(id, route, warnings));
                }
            }));
            Map<String, Map<String, Planned>> paths = new TreeMap<>();
            placed.forEach((text, methods) -> methods.values().forEach(route -> {
                PathTemplate path = byText.computeIfAbsent(text, PathTemplate::of);
                String id = given.containsKey(route) ? given.get(route) : ids.make(route, path);
                paths.computeIfAbsent(text, key -> new TreeMap<>())
                        .put(route.method(), new Planned(route, path, names(route, path), id, tags(route, path)));
            }));
            return new Plan(paths, List.copyOf(unlisted), List.copyOf(warnings));
        }

        private Map<String, String> names(Route route, PathTemplate path) {
            List<String> declared = own.getOrDefault(route, path).declared();
            Map<String, String> names = new HashMap<>();
            for (int i = 0; i < declared.size(); i++) {
                names.put(declared.get(i), path.parameters().get(i));
            }
            return names;
        }

        private List<String> tags(Route route, PathTemplate path) {
            if (!route.operation().tags().isEmpty()) {
                return route.operation().tags();
            }
            String text = path.text();
            String below = settings.tagsBelow();
            if (text.startsWith(below + "/")) {
                text = text.substring(below.length());
            }
            String first = text.split("/", 3)[Math.min(1, text.split("/", 3).length - 1)];
            return List.of(
                    first.isEmpty() || first.contains("{")
                            ? "root"
                            : URLDecoder.decode(first.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
    }
}
