package io.betrue.benchmarks;

import io.betrue.schema.RouteParts;
import io.betrue.schema.RouteSchema;
import io.betrue.schema.SchemaRoutes;
import io.betrue.schema.Schemas;
import io.betrue.swagger.DocumentForm;
import io.betrue.swagger.OpenApi;
import io.betrue.swagger.SwaggerPlugin;
import io.javalin.Javalin;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing a document of 1,000 routes that speak of 200 schemas. With {@code -wi 0 -i 1 -f 11} each figure is the first document of a fresh JVM, which has the
 * loading of classes in it; with warm-up it is what a program pays that does it again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 30)
@Fork(1)
public class SwaggerBenchmark {
    private static final int ROUTES = 1_000;
    private static final int SCHEMAS = 200;
    private static final String SCHEMA = """
            {"type": "object", "required": ["id", "lines"], "additionalProperties": false,
             "definitions": {"money": {"type": "object", "properties": {"amount": {"type": "integer"}, "currency": {"enum": ["EUR", "USD"]}}}},
             "properties": {
               "id": {"type": "string", "format": "uuid"}, "note": {"type": ["string", "null"], "maxLength": 200},
               "kind": {"const": %d}, "total": {"$ref": "#/definitions/money"},
               "lines": {"type": "array", "minItems": 1, "items": {"type": "object", "properties": {
                 "sku": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]+$"}, "count": {"type": "integer", "exclusiveMinimum": 0},
                 "price": {"$ref": "#/definitions/money"}}}}}}
            """;

    /** The form of the document. */
    @Param({"JSON_31", "JSON_30", "YAML_31"})
    public DocumentForm form = DocumentForm.JSON_31;

    private final Schemas schemas = Schemas.load(s -> {
        for (int i = 0; i < SCHEMAS; i++) {
            s.json("kind/" + i, SCHEMA.formatted(i));
        }
    });
    private OpenApi documents = OpenApi.of(application());

    /** Makes an application whose documents nobody has asked for. */
    @Setup(Level.Invocation)
    public void prepare() {
        documents = OpenApi.of(application());
    }

    private Javalin application() {
        return Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.schemas(schemas)));
            for (int i = 0; i < ROUTES; i++) {
                config.routes.addEndpoint(SchemaRoutes.put(
                        "/group" + i % 50 + "/thing" + i + "/{id}",
                        RouteSchema.of(
                                RouteParts.path("id", "{\"type\": \"integer\"}"),
                                RouteParts.query("limit", "{\"type\": \"integer\", \"maximum\": 100}"),
                                RouteParts.in("kind/" + i % SCHEMAS),
                                RouteParts.out(200, "kind/" + (i + 1) % SCHEMAS)),
                        ctx -> {}));
            }
        });
    }

    /**
     * Writes the document.
     *
     * @return its length in bytes
     */
    @Benchmark
    public int write() {
        return documents.document(form).length;
    }
}
