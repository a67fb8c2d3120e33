package io.betrue.swagger;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.schema.Schemas;
import io.javalin.security.RouteRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link SwaggerConfig} was told, fixed once. */
record Settings(
        String title,
        String version,
        String description,
        List<String> servers,
        @Nullable Page page,
        String documents,
        Set<RouteRole> roles,
        List<SecurityScheme> security,
        Set<RouteRole> publicRoles,
        @Nullable Schemas schemas,
        @Nullable ErrorCatalogue problems,
        Map<String, String> tags,
        String tagsBelow,
        List<String> hidden,
        Map<String, Operation> described) {
    /**
     * The page for people.
     *
     * @param path where it is, without the context path
     * @param viewer what shows it
     */
    record Page(String path, Viewer viewer) {}

    Settings {
        servers = List.copyOf(servers);
        roles = Set.copyOf(roles);
        security = List.copyOf(security);
        publicRoles = Set.copyOf(publicRoles);
        tags = Map.copyOf(tags);
        hidden = List.copyOf(hidden);
        described = Map.copyOf(described);
    }

    boolean hides(Route route) {
        return route.operation().isHidden() || hidden.stream().anyMatch(pattern -> covers(pattern, route.path()));
    }

    private static boolean covers(String pattern, String path) {
        return pattern.endsWith("/*")
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : path.equals(pattern);
    }
}
