package io.betrue.swagger;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.schema.Schemas;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@link SwaggerPlugin} documents and where. Not safe for use by multiple threads. */
public final class SwaggerConfig {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    private final List<String> servers = new ArrayList<>();
    private final Set<RouteRole> roles = new LinkedHashSet<>();
    private final List<SecurityScheme> security = new ArrayList<>();
    private final Set<RouteRole> publicRoles = new LinkedHashSet<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final List<String> hidden = new ArrayList<>();
    private final Map<String, Operation> described = new LinkedHashMap<>();
    private String title = "API";
    private String version = "1";
    private String description = "";
    private @Nullable String page;
    private Viewer viewer = Viewer.SWAGGER_UI;
    private String documents = "/openapi";
    private String tagsBelow = "";
    private @Nullable Schemas schemas;
    private @Nullable ErrorCatalogue problems;

    SwaggerConfig() {}

    /**
     * Names the API; {@code API} unless this is called.
     *
     * @param text the title, not blank
     * @return this
     */
    public SwaggerConfig title(String text) {
        title = filled("title", text);
        return this;
    }

    /**
     * Gives the version of the API itself; {@code 1} unless this is called.
     *
     * @param text the version, not blank
     * @return this
     */
    public SwaggerConfig version(String text) {
        version = filled("version", text);
        return this;
    }

    /**
     * Describes the API.
     *
     * @param text CommonMark
     * @return this
     */
    public SwaggerConfig description(String text) {
        description = text;
        return this;
    }

    /**
     * Adds an address under which the API can be had. Without one, the documents say that it is where they are, which is right behind any proxy.
     *
     * @param address an absolute address: {@code https://shop.example/api}
     * @return this
     */
    public SwaggerConfig server(URI address) {
        servers.add(address.toString().replaceFirst("/$", ""));
        return this;
    }

    /**
     * Shows a page for people. Without this call there are only the documents.
     *
     * @param path where, below the context path: {@code /docs}
     * @return this
     * @throws IllegalArgumentException if it does not start with a slash, ends with one, or has parameters
     */
    public SwaggerConfig path(String path) {
        page = checked(path);
        return this;
    }

    /**
     * Chooses what shows the page; Swagger UI unless this is called.
     *
     * @param viewer what shows it; its web jar must be on the class path
     * @return this
     */
    public SwaggerConfig viewer(Viewer viewer) {
        this.viewer = viewer;
        return this;
    }

    /**
     * Serves the documents under another name than {@code /openapi}, to which {@code .json}, {@code -3.0.json}, {@code .yaml} and {@code -3.0.yaml} are
     * added.
     *
     * @param path where, below the context path
     * @return this
     * @throws IllegalArgumentException if it does not start with a slash, ends with one, or has parameters
     */
    public SwaggerConfig documents(String path) {
        documents = checked(path);
        return this;
    }

    /**
     * Gives roles to the documents and the page, as to any other route; the application's own access check decides.
     *
     * @param some the roles
     * @return this
     */
    public SwaggerConfig roles(RouteRole... some) {
        roles.addAll(List.of(some));
        return this;
    }

    /**
     * Says how a client of a route with roles shows who it is; any one of several is enough. A bearer token unless this is called.
     *
     * @param schemes the schemes
     * @return this
     * @throws IllegalArgumentException if two have the same name
     */
    public SwaggerConfig security(SecurityScheme... schemes) {
        for (SecurityScheme scheme : schemes) {
            if (security.stream().anyMatch(other -> other.name().equals(scheme.name()))) {
                throw new IllegalArgumentException("two security schemes are called " + scheme.name()
                        + "; call one of them otherwise by named(…)");
            }
            security.add(scheme);
        }
        return this;
    }

    /**
     * Names the roles that everybody has; a route with one of them needs no security.
     *
     * @param some the roles
     * @return this
     */
    public SwaggerConfig publicRoles(RouteRole... some) {
        publicRoles.addAll(List.of(some));
        return this;
    }

    /**
     * Gives the schemas that routes name in their {@link io.betrue.schema.RouteSchema}: the very ones that {@code SchemaPlugin} checks with.
     *
     * @param schemas the schemas
     * @return this
     */
    public SwaggerConfig schemas(Schemas schemas) {
        this.schemas = schemas;
        return this;
    }

    /**
     * Says that failures are problems (RFC 9457), as {@code ErrorsPlugin} makes them: each route has them, and those with roles have 401 and 403.
     *
     * @param catalogue says what their {@code type} is
     * @return this
     */
    public SwaggerConfig problems(ErrorCatalogue catalogue) {
        problems = catalogue;
        return this;
    }

    /**
     * Describes a tag.
     *
     * @param name the tag
     * @param text CommonMark
     * @return this
     */
    public SwaggerConfig tag(String name, String text) {
        tags.put(filled("tag", name), text);
        return this;
    }

    /**
     * Takes the tag of a path below a prefix from the segment after it: {@code /api/orders} is tagged {@code orders}.
     *
     * @param prefix the prefix, {@code /api}
     * @return this
     * @throws IllegalArgumentException if it does not start with a slash, ends with one, or has parameters
     */
    public SwaggerConfig tagsBelow(String prefix) {
        tagsBelow = checked(prefix);
        return this;
    }

    /**
     * Leaves routes out of the documents.
     *
     * @param paths paths as they were registered; one that ends in {@code /*} stands for all that begin like it
     * @return this
     */
    public SwaggerConfig hide(String... paths) {
        hidden.addAll(List.of(paths));
        return this;
    }

    /**
     * Says of a route what cannot be said on it, as with {@code ApiBuilder}. It counts where the route has no {@link Operation} of its own.
     *
     * @param method the method
     * @param path the path as it was registered
     * @param operation what to say
     * @return this
     */
    public SwaggerConfig describe(HandlerType method, String path, Operation operation) {
        described.put(Route.name(method, path), operation);
        return this;
    }

    Settings settings() {
        List<SecurityScheme> schemes = security.isEmpty() ? List.of(SecurityScheme.bearer()) : security;
        Settings.Page shown = page == null ? null : new Settings.Page(page, viewer);
        return new Settings(
                title,
                version,
                description,
                servers,
                shown,
                documents,
                roles,
                schemes,
                publicRoles,
                schemas,
                problems,
                tags,
                tagsBelow,
                hidden,
                described);
    }

    private static String filled(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the " + what + " of a document must not be blank");
        }
        return text;
    }

    private static String checked(String path) {
        if (!PATH.matcher(path).matches() || path.contains("/..")) {
            throw new IllegalArgumentException(
                    "a path for documents starts with a slash, ends without one and has no parameters, not \"" + path
                            + "\"");
        }
        return path;
    }
}
