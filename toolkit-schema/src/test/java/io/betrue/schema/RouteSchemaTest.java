package io.betrue.schema;

import static io.betrue.schema.RouteParts.cookie;
import static io.betrue.schema.RouteParts.form;
import static io.betrue.schema.RouteParts.header;
import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.inStream;
import static io.betrue.schema.RouteParts.multipart;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.outStream;
import static io.betrue.schema.RouteParts.path;
import static io.betrue.schema.RouteParts.problems;
import static io.betrue.schema.RouteParts.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.betrue.errors.StandardError;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import org.junit.jupiter.api.Test;

class RouteSchemaTest {
    private static final String INTEGER = "{\"type\": \"integer\"}";

    @Test
    void keepsWhatARouteSaysInAFixedOrder() {
        RouteSchema route = RouteSchema.of(
                cookie("session", "session"),
                header("X-Tenant", "tenant").require(),
                query("limit", INTEGER).describedAs("how many"),
                path("id", INTEGER),
                query("offset", INTEGER),
                in("order/create").and(form("order/form")),
                out(201, "order").describedAs("the order").and(out("4XX", "problem")),
                problems(StandardError.CONFLICT));

        assertThat(route.parameters())
                .extracting(parameter -> parameter.in() + " " + parameter.name())
                .containsExactly("PATH id", "QUERY limit", "QUERY offset", "HEADER X-Tenant", "COOKIE session");
        assertThat(route.bodies())
                .extracting(RequestBody::mediaType)
                .containsExactly("application/json", "application/x-www-form-urlencoded");
        assertThat(route.bodyRequired()).isTrue();
        assertThat(route.responses()).extracting(ResponseBody::status).containsExactly("201", "4XX");
        assertThat(route.problems()).containsExactly(StandardError.CONFLICT);
    }

    @Test
    void travelsOnTheRoute() {
        Endpoint endpoint = SchemaRoutes.put("/orders/{id}", in("order/create"), out(204), ctx -> {});

        assertThat(endpoint.method).isEqualTo(HandlerType.PUT);
        assertThat(endpoint.path).isEqualTo("/orders/{id}");
        RouteSchema route = endpoint.metadata(RouteSchema.class);
        assertThat(route).isNotNull();
        assertThat(route.responses().get(0).kind()).isEqualTo(ResponseBody.Kind.NONE);
    }

    @Test
    void refusesToSayOneThingTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> header("X-Tenant", "a").and(header("x-tenant", "b")))
                .withMessage("a route has the header parameter \"x-tenant\" twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in("a").and(in("Application/JSON", "b")))
                .withMessage("a route has the body of application/json twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> out(200, "a").and(out(200, "b")))
                .withMessage("a route has the response of 200 as application/json twice");
        assertThat(out(200, "a").and(out(200, "b").as("text/json")).responses()).hasSize(2);
    }

    @Test
    void refusesBodiesOfWhichOneIsRequired() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in("a").and(multipart("b").optional()))
                .withMessage("the bodies of a route are all required or all optional");
        assertThat(in("a").optional().and(inStream("image/png").optional()).bodyRequired())
                .isFalse();
    }

    @Test
    void refusesWhatIsMalformed() {
        assertThatIllegalArgumentException().isThrownBy(() -> in("json", "a")).withMessageContaining("\"json\"");
        assertThatIllegalArgumentException().isThrownBy(() -> in("application/*", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> in("application/json; charset=utf-8", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> header("X Tenant", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> query("", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> out(600, "a")).withMessageContaining("\"600\"");
        assertThatIllegalArgumentException().isThrownBy(() -> out("2xx", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> out(204).as("text/plain"));
        assertThatIllegalArgumentException().isThrownBy(() -> path("id", "a").style(Parameter.ArrayStyle.REPEATED));
        assertThatIllegalArgumentException().isThrownBy(() -> in(" "));
    }

    @Test
    void readsASchemaThatIsWrittenOutAsDraft7WithTheFormatsOfTheOthers() {
        Schemas schemas = Schemas.load(config -> config.draft(Draft.DRAFT_4)
                .format("sku", text -> text.startsWith("s-"))
                .trustPattern("^(?=a)")
                .json("named", "{}"));
        assertThat(schemas.get("named").draft()).isEqualTo(Draft.DRAFT_4);
        Schema inline =
                SchemaRef.of("{\"format\": \"sku\", \"pattern\": \"^(?=a)\"}").in(schemas);
        assertThat(inline.draft()).isEqualTo(Draft.DRAFT_7);
        assertThat(inline.validate(com.fasterxml.jackson.databind.node.TextNode.valueOf("x")))
                .extracting(Violation::keyword)
                .containsExactly("pattern", "format");
        assertThat(SchemaRef.of("{\"$schema\": \"http://json-schema.org/draft-06/schema#\"}")
                        .in(schemas)
                        .draft())
                .isEqualTo(Draft.DRAFT_6);
    }

    @Test
    void tellsANameFromASchema() {
        assertThat(SchemaRef.of("order")).isEqualTo(new SchemaRef("order", null));
        assertThat(SchemaRef.of(" {}")).isEqualTo(new SchemaRef(null, " {}"));
        assertThat(outStream(200, "text/csv").schema()).isNull();
    }
}
