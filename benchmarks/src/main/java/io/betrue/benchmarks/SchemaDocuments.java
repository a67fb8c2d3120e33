package io.betrue.benchmarks;

import java.nio.charset.StandardCharsets;

/** The schemas and documents of {@link SchemaComparison}. */
final class SchemaDocuments {
    /** A model with a field of every kind and a list of several types, which {@code oneOf} tells apart. */
    static final String MODEL_SCHEMA = """
            {
              "$schema": "http://json-schema.org/draft-07/schema#",
              "type": "object",
              "additionalProperties": false,
              "required": ["id", "name", "state", "parts"],
              "properties": {
                "id": {"type": "integer"},
                "name": {"type": "string", "minLength": 1},
                "price": {"type": "number", "minimum": 0},
                "state": {"type": "string", "enum": ["NEW", "OPEN", "CLOSED", "LOST"]},
                "tags": {"type": "array", "items": {"type": "string"}},
                "sizes": {"type": "object", "additionalProperties": {"type": "number"}},
                "parent": {"oneOf": [{"type": "null"}, {"type": "string"}]},
                "parts": {"type": "array", "items": {"$ref": "#/definitions/part"}}
              },
              "definitions": {
                "part": {
                  "oneOf": [
                    {"$ref": "#/definitions/bolt"}, {"$ref": "#/definitions/plate"}, {"$ref": "#/definitions/wheel"}
                  ]
                },
                "bolt": {
                  "type": "object", "additionalProperties": false, "required": ["@type", "length"],
                  "properties": {
                    "@type": {"type": "string", "enum": ["bolt"], "default": "bolt"},
                    "length": {"type": "integer", "minimum": 1}, "thread": {"type": "string"}
                  }
                },
                "plate": {
                  "type": "object", "additionalProperties": false, "required": ["@type", "area"],
                  "properties": {
                    "@type": {"type": "string", "enum": ["plate"], "default": "plate"},
                    "area": {"type": "number"}, "coated": {"type": "boolean"}
                  }
                },
                "wheel": {
                  "type": "object", "additionalProperties": false, "required": ["@type", "radius", "bolts"],
                  "properties": {
                    "@type": {"type": "string", "enum": ["wheel"], "default": "wheel"},
                    "radius": {"type": "number"},
                    "bolts": {"type": "array", "items": {"$ref": "#/definitions/bolt"}}
                  }
                }
              }
            }
            """;

    /** About 700 bytes. */
    static final byte[] MODEL = utf8("""
            {"id": 482910, "name": "Cart with two wheels and a bed", "price": 149.95, "state": "OPEN",
             "tags": ["garden", "outdoor", "steel", "new in spring", "heavy"],
             "sizes": {"length": 122.5, "width": 61, "height": 58.25, "weight": 23.4},
             "parent": null,
             "parts": [
               {"@type": "plate", "area": 7442.5, "coated": true},
               {"@type": "wheel", "radius": 20.5, "bolts": [
                 {"@type": "bolt", "length": 40, "thread": "M8"}, {"@type": "bolt", "length": 40, "thread": "M8"}]},
               {"@type": "wheel", "radius": 20.5, "bolts": [
                 {"@type": "bolt", "length": 40, "thread": "M8"}, {"@type": "bolt", "length": 40, "thread": "M8"}]},
               {"@type": "bolt", "length": 60}
             ]}
            """);

    /** Orders with patterns, enumerations and formats. */
    static final String ORDERS_SCHEMA = """
            {
              "$schema": "http://json-schema.org/draft-07/schema#",
              "type": "object",
              "required": ["orders"],
              "properties": {"orders": {"type": "array", "items": {"$ref": "#/definitions/order"}}},
              "definitions": {
                "order": {
                  "type": "object",
                  "required": ["id", "placed", "customer", "lines", "currency"],
                  "additionalProperties": false,
                  "properties": {
                    "id": {"type": "string", "pattern": "^ORD-[0-9]{8}$"},
                    "placed": {"type": "string", "format": "date-time"},
                    "currency": {"type": "string", "enum": ["EUR", "USD", "GBP", "JPY"]},
                    "note": {"type": ["string", "null"], "maxLength": 500},
                    "customer": {
                      "type": "object",
                      "required": ["name", "email"],
                      "properties": {
                        "name": {"type": "string", "minLength": 1, "maxLength": 100},
                        "email": {"type": "string", "format": "email"},
                        "phone": {"type": "string", "pattern": "^\\\\+?[0-9 ()-]{6,20}$"}
                      }
                    },
                    "lines": {
                      "type": "array", "minItems": 1, "maxItems": 100,
                      "items": {
                        "type": "object",
                        "required": ["sku", "quantity", "price"],
                        "additionalProperties": false,
                        "properties": {
                          "sku": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{4}(-[a-z]+)?$"},
                          "quantity": {"type": "integer", "minimum": 1, "maximum": 1000},
                          "price": {"type": "number", "minimum": 0},
                          "gift": {"type": "boolean"}
                        }
                      }
                    }
                  }
                }
              }
            }
            """;

    private SchemaDocuments() {}

    /** {@return a document with this many orders, of about 530 bytes each} */
    static byte[] orders(int count) {
        StringBuilder out = new StringBuilder("{\"orders\": [");
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",\n").append(order(i));
        }
        return utf8(out.append("]}").toString());
    }

    private static String order(int i) {
        StringBuilder out = new StringBuilder(600);
        out.append(String.format(
                        "{\"id\": \"ORD-%08d\", \"placed\": \"2026-11-%02dT%02d:15:30.25Z\", ", i, i % 28 + 1, i % 24))
                .append("\"currency\": \"EUR\", \"note\": ")
                .append(i % 3 == 0 ? "null" : "\"please ring the bell twice\"")
                .append(", \"customer\": {\"name\": \"Customer ")
                .append(i)
                .append("\", \"email\": \"customer.")
                .append(i)
                .append("@shop.example.com\", \"phone\": \"+49 30 1234 ")
                .append(1000 + i % 9000)
                .append("\"}, \"lines\": [");
        for (int line = 0; line < 4; line++) {
            out.append(line == 0 ? "" : ", ")
                    .append(String.format(
                            "{\"sku\": \"ABC-%04d%s\", \"quantity\": %d, \"price\": %d.%02d, \"gift\": %b}",
                            (i + line) % 10000,
                            line % 2 == 0 ? "" : "-red",
                            line + 1,
                            10 + i % 90,
                            i % 100,
                            line == 3));
        }
        return out.append("]}").toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
