package io.betrue.swagger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.security.RouteRole;
import java.util.List;
import java.util.Set;

/** Roles as OpenAPI can say them: in 3.1 a requirement lists roles, in 3.0 it does not, and {@code x-roles} has them in both. */
final class Security {
    private final List<SecurityScheme> schemes;
    private final Set<RouteRole> everybody;

    Security(Settings settings) {
        this.schemes = settings.security();
        this.everybody = settings.publicRoles();
    }

    /** Whether a client has to say who it is. */
    boolean isNeeded(Route route) {
        return route.signedIn()
                || (!route.roles().isEmpty() && route.roles().stream().noneMatch(everybody::contains));
    }

    void write(Version version, Route route, ObjectNode operation) {
        if (!isNeeded(route)) {
            return;
        }
        List<String> roles = names(route.roles());
        ArrayNode requirements = operation.putArray("security");
        for (SecurityScheme scheme : schemes) {
            if (version == Version.V31 && !roles.isEmpty()) {
                roles.forEach(
                        role -> requirements.addObject().putArray(scheme.name()).add(role));
            } else {
                requirements.addObject().putArray(scheme.name());
            }
        }
        if (!roles.isEmpty()) {
            roles.forEach(operation.putArray("x-roles")::add);
        }
    }

    void components(ObjectNode components) {
        ObjectNode written = components.putObject("securitySchemes");
        schemes.forEach(scheme -> written.set(scheme.name(), scheme.toJson()));
    }

    static List<String> names(Set<RouteRole> roles) {
        return roles.stream().map(Security::name).sorted().toList();
    }

    /** The name of a constant, or what the role calls itself; never where it is in memory. */
    private static String name(RouteRole role) {
        if (role instanceof Enum<?> constant) {
            return constant.name();
        }
        String text = role.toString();
        boolean nameless =
                text.equals(role.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(role)))
                        || text.equals(role.getClass().getName() + "@" + Integer.toHexString(role.hashCode()));
        String name = role.getClass().getName();
        String simple = role.getClass().getSimpleName();
        return !nameless ? text : simple.isEmpty() ? name.substring(name.lastIndexOf('.') + 1) : simple;
    }
}
