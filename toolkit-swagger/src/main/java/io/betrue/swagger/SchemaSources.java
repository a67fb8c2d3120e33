package io.betrue.swagger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.betrue.schema.Parameter;
import io.betrue.schema.RequestBody;
import io.betrue.schema.ResponseBody;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.Schema;
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
            collect(body.schema(), route, operationId + ".body");
        }
        for (ResponseBody response : schema.responses()) {
            collect(response.schema(), route, operationId + "." + response.status());
        }
    }

    private void collect(@Nullable SchemaRef ref, Route route, String inlineName) {
        if (ref == null) {
            return;
        }
        SchemaBundle bundle = bundles.get(ref.toString());
        if (bundle == null) {
            bundle = ref.name() == null
                    ? inline(String.valueOf(ref.json()), inlineName, route)
                    : named(ref.name(), route);
            bundles.put(ref.toString(), bundle);
        }
        if (ref.name() != null || bundle.root().findValue("$ref") != null) {
            shared.add(bundle);
        }
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
        return new SchemaBundle(
                name, Integer.parseInt(schema.draft().name().substring("DRAFT_".length())), schema.standalone());
    }

    private static SchemaBundle inline(String text, String name, Route route) {
        try (JsonParser parser = JSON.createParser(text)) {
            return new SchemaBundle(name, 7, JsonTrees.read(parser));
        } catch (IOException e) {
            throw new IllegalStateException(route.name() + " has a schema that is no JSON: " + e.getMessage(), e);
        }
    }
}
