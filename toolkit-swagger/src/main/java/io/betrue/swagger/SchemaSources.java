package io.betrue.swagger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.schema.Parameter;
import io.betrue.schema.RequestBody;
import io.betrue.schema.ResponseBody;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.Schema;
import io.betrue.schema.SchemaOrigin;
import io.betrue.schema.SchemaRef;
import io.betrue.schema.Schemas;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schemas that routes speak of. */
final class SchemaSources {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final String INLINE = "inline";

    private final @Nullable Schemas schemas;
    private final Map<String, SchemaBundle> bundles = new HashMap<>();
    private final Set<SchemaBundle> shared = new LinkedHashSet<>();

    SchemaSources(@Nullable Schemas schemas) {
        this.schemas = schemas;
    }

    /** Finds the schemas of a route; they are written where they stand, unless they have a name or refer to a part of themselves. */
    void collect(Route route, String operationId) {
        RouteSchema schema = route.schema();
        if (schema == null) {
            return;
        }
        for (Parameter parameter : schema.parameters()) {
            collect(parameter.schema(), route, operationId + "." + parameter.name());
        }
        for (RequestBody body : schema.bodies()) {
            collect(body, route, operationId + ".body");
        }
        for (ResponseBody response : schema.responses()) {
            collect(response.schema(), route, operationId + "." + response.status());
        }
    }

    /** A body with files is written where it stands: elsewhere the same schema speaks of objects. */
    private void collect(RequestBody body, Route route, String inlineName) {
        SchemaRef ref = body.schema();
        if (ref != null && body.kind() == RequestBody.Kind.MULTIPART) {
            SchemaBundle bundle = find(ref, route, inlineName);
            boolean files = !FileFields.asBytes(bundle.root()).equals(bundle.root());
            if (files && bundle.root().findValue("$ref") == null) {
                return;
            }
        }
        collect(ref, route, inlineName);
    }

    private void collect(@Nullable SchemaRef ref, Route route, String inlineName) {
        if (ref == null) {
            return;
        }
        SchemaBundle bundle = find(ref, route, inlineName);
        if (ref.name() != null || bundle.root().findValue("$ref") != null) {
            shared.add(bundle);
        }
    }

    private SchemaBundle find(SchemaRef ref, Route route, String inlineName) {
        SchemaBundle bundle = bundles.get(ref.toString());
        if (bundle == null) {
            bundle = ref.name() == null
                    ? inline(String.valueOf(ref.json()), inlineName, route)
                    : named(ref.name(), route);
            bundles.put(ref.toString(), bundle);
        }
        return bundle;
    }

    /** Those that become components. */
    Collection<SchemaBundle> shared() {
        return shared;
    }

    boolean isShared(SchemaBundle bundle) {
        return shared.contains(bundle);
    }

    SchemaBundle bundle(SchemaRef ref) {
        SchemaBundle bundle = bundles.get(ref.toString());
        if (bundle == null) {
            throw new IllegalStateException("schema " + ref + " was not collected before the document was written");
        }
        return bundle;
    }

    private SchemaBundle named(String name, Route route) {
        if (schemas == null) {
            throw new IllegalStateException(route.name() + " speaks of the schema \"" + name
                    + "\", but SwaggerPlugin has no schemas: add s.schemas(…), the ones that SchemaPlugin has");
        }
        Schema schema = schemas.get(name);
        return bundle(name, schema, origins(schema));
    }

    private static Map<String, SchemaOrigin> origins(Schema schema) {
        Map<String, SchemaOrigin> origins = new HashMap<>();
        origins.put("", new SchemaOrigin(schema.name(), "", ""));
        schema.origins()
                .forEach((name, origin) ->
                        origins.put("/definitions/" + name, new SchemaOrigin(origin.schema(), "", origin.pointer())));
        return origins;
    }

    private static SchemaBundle bundle(String name, Schema schema, Map<String, SchemaOrigin> origins) {
        int draft = Integer.parseInt(schema.draft().name().substring("DRAFT_".length()));
        return new SchemaBundle(name, draft, schema.standalone(), origins);
    }

    private static SchemaBundle inline(String text, String name, Route route) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonNode root = JsonTrees.read(parser);
            if (root.has("$schema") || root.findValue("$ref") != null) {
                // only the engine knows what the drafts make of ids
                return bundle(name, Schemas.load(s -> s.json(INLINE, text)).get(INLINE), Map.of());
            }
            return new SchemaBundle(name, 7, root);
        } catch (IOException e) {
            throw new IllegalStateException(route.name() + " has a schema that is no JSON: " + e.getMessage(), e);
        }
    }
}
