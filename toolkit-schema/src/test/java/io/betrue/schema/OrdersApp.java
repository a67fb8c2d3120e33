package io.betrue.schema;

import static io.betrue.schema.RouteParts.cookie;
import static io.betrue.schema.RouteParts.form;
import static io.betrue.schema.RouteParts.header;
import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.inStream;
import static io.betrue.schema.RouteParts.multipart;
import static io.betrue.schema.RouteParts.path;
import static io.betrue.schema.RouteParts.query;

import io.betrue.errors.ErrorsPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import java.util.function.Consumer;

/** An application whose routes say what they take; each answers with what it understood. */
final class OrdersApp {
    static final long LIMIT = 20_000;

    private OrdersApp() {}

    static Schemas schemas() {
        return Schemas.load(config -> config.json("order/create", """
                        {
                          "type": "object",
                          "required": ["sku", "amount"],
                          "additionalProperties": false,
                          "properties": {
                            "sku": {"type": "string", "minLength": 3, "maxLength": 20, "pattern": "^[a-z-]+$"},
                            "amount": {"type": "integer", "minimum": 1, "maximum": 1000},
                            "price": {"type": "number", "exclusiveMinimum": 0},
                            "express": {"type": "boolean"},
                            "kind": {"enum": ["gift", "sale", 7]},
                            "note": {"type": ["string", "null"]},
                            "tags": {"type": "array", "maxItems": 3, "uniqueItems": true, "items": {"type": "string"}},
                            "address": {"$ref": "#/definitions/address"}
                          },
                          "definitions": {
                            "address": {
                              "type": "object",
                              "required": ["city"],
                              "properties": {"city": {"type": "string"}, "a/b~c": {"type": "integer"}}
                            }
                          }
                        }""")
                .json("order/patch", "{\"type\": \"object\", \"minProperties\": 1}")
                .json("anything", "{}")
                .json("form", """
                        {
                          "type": "object",
                          "required": ["name"],
                          "additionalProperties": false,
                          "properties": {
                            "name": {"type": "string", "minLength": 1},
                            "age": {"type": "integer", "minimum": 18},
                            "weight": {"type": "number"},
                            "news": {"type": "boolean"},
                            "colours": {"type": "array", "maxItems": 3, "items": {"enum": ["red", "green"]}},
                            "none": {"type": "null"}
                          }
                        }""")
                .json("upload", """
                        {
                          "type": "object",
                          "required": ["title", "photo"],
                          "additionalProperties": false,
                          "properties": {
                            "title": {"type": "string", "maxLength": 10},
                            "year": {"type": "integer"},
                            "photo": {"$ref": "#/definitions/image"},
                            "more": {"type": "array", "maxItems": 2, "items": {"$ref": "#/definitions/image"}}
                          },
                          "definitions": {
                            "image": {
                              "type": "object",
                              "required": ["filename", "contentType", "size"],
                              "properties": {
                                "filename": {"type": "string", "pattern": "\\\\.(png|jpg)$"},
                                "contentType": {"enum": ["image/png", "image/jpeg"]},
                                "size": {"type": "integer", "minimum": 1, "maximum": 100}
                              }
                            }
                          }
                        }""")
                .json("positive", "{\"type\": \"integer\", \"minimum\": 1}"));
    }

    static Javalin start(boolean errorsPlugin, Consumer<JavalinConfig> more) {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    config.http.maxRequestSize = LIMIT;
                    config.jetty.multipartConfig.maxFileSize(5, SizeUnit.KB);
                    if (errorsPlugin) {
                        config.registerPlugin(new ErrorsPlugin());
                    }
                    config.registerPlugin(new SchemaPlugin(schemas()));
                    routes(config);
                    more.accept(config);
                })
                .start("127.0.0.1", 0);
    }

    private static void routes(JavalinConfig config) {
        config.routes.addEndpoint(SchemaRoutes.post("/orders", in("order/create"), OrdersApp::echo));
        config.routes.addEndpoint(SchemaRoutes.patch(
                "/orders/{id}",
                path("id", "positive").and(in("application/merge-patch+json", "order/patch")),
                OrdersApp::echo));
        config.routes.addEndpoint(SchemaRoutes.get(
                "/search/{id}",
                RouteSchema.of(
                        path("id", "positive"),
                        query("limit", "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 100}"),
                        query("price", "{\"type\": \"number\"}"),
                        query("flag", "{\"type\": \"boolean\"}"),
                        query("sort", "{\"enum\": [\"up\", \"down\"]}"),
                        query("text", "{\"type\": \"string\", \"maxLength\": 5}"),
                        query("size", "{\"type\": [\"integer\", \"string\"], \"maximum\": 5, \"maxLength\": 2}"),
                        query("ids", "{\"type\": \"array\", \"maxItems\": 3, \"items\": {\"type\": \"integer\"}}"),
                        query("tags", "{\"type\": \"array\", \"minItems\": 2, \"items\": {\"type\": \"string\"}}")
                                .style(Parameter.ArrayStyle.COMMAS),
                        header("X-Tenant", "{\"type\": \"string\", \"pattern\": \"^[a-z]+$\"}")
                                .require(),
                        header("X-Ids", "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}}"),
                        cookie("visit", "positive")),
                ctx -> ctx.result("found")));
        config.routes.addEndpoint(SchemaRoutes.post("/form", form("form"), OrdersApp::echo));
        config.routes.addEndpoint(SchemaRoutes.post("/upload", multipart("upload"), OrdersApp::echo));
        config.routes.addEndpoint(
                SchemaRoutes.put("/raw", inStream("application/octet-stream"), ctx -> ctx.result(ctx.bodyAsBytes())));
        config.routes.addEndpoint(SchemaRoutes.post(
                "/optional",
                in("order/create").optional(),
                ctx -> ctx.result(
                        SchemaBody.isPresent(ctx) ? SchemaBody.tree(ctx).toString() : "nothing")));
        config.routes.addEndpoint(SchemaRoutes.post(
                "/either",
                in("order/create").and(form("form")),
                query("page", "positive").require(),
                OrdersApp::echo));
        config.routes.addEndpoint(SchemaRoutes.post("/any", in("anything"), OrdersApp::echo));
        config.routes.post("/plain", ctx -> ctx.result(ctx.body()));
    }

    private static void echo(Context ctx) {
        ctx.result(SchemaBody.tree(ctx).toString());
    }
}
