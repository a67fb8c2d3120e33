package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The texts of violations. They tell what is wanted, never what was sent. */
final class Messages {
    private static final int LONGEST = 200;
    static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("date", "a date such as 2026-01-31"),
            Map.entry("time", "a time with an offset such as 13:45:00Z"),
            Map.entry("date-time", "a date and time such as 2026-01-31T13:45:00Z"),
            Map.entry("duration", "a duration such as P1DT12H"),
            Map.entry("email", "an email address"),
            Map.entry("idn-email", "an email address"),
            Map.entry("hostname", "a host name"),
            Map.entry("idn-hostname", "a host name"),
            Map.entry("ipv4", "an IPv4 address"),
            Map.entry("ipv6", "an IPv6 address"),
            Map.entry("uri", "a URI"),
            Map.entry("uri-reference", "a URI or a part of one"),
            Map.entry("iri", "an IRI"),
            Map.entry("iri-reference", "an IRI or a part of one"),
            Map.entry("uri-template", "a URI template"),
            Map.entry("uuid", "a UUID"),
            Map.entry("json-pointer", "a JSON pointer"),
            Map.entry("relative-json-pointer", "a relative JSON pointer"),
            Map.entry("regex", "a regular expression"));
    private static final Map<String, String> TYPES = Map.of(
            "string", "a string",
            "number", "a number",
            "integer", "a whole number",
            "boolean", "true or false",
            "object", "an object",
            "array", "an array",
            "null", "null");

    private Messages() {}

    static String of(String keyword, JsonNode wanted) {
        String text = wanted.isTextual() ? wanted.textValue() : wanted.toString();
        return switch (keyword) {
            case "type" -> "must be " + types(wanted);
            case "enum" -> "must be one of " + values(wanted);
            case "const" -> "must be " + cut(wanted.toString());
            case "minLength" -> "must have at least " + text + characters(text);
            case "maxLength" -> "must have at most " + text + characters(text);
            case "pattern" -> "must match " + cut(text);
            case "format" -> "must be " + FORMATS.getOrDefault(text, "of the format " + cut(text));
            case "minimum" -> "must be at least " + text;
            case "maximum" -> "must be at most " + text;
            case "exclusiveMinimum" -> "must be more than " + text;
            case "exclusiveMaximum" -> "must be less than " + text;
            case "multipleOf" -> "must be a multiple of " + text;
            case "minItems" -> "must have at least " + text + (text.equals("1") ? " item" : " items");
            case "maxItems" -> "must have at most " + text + (text.equals("1") ? " item" : " items");
            case "minProperties" -> "must have at least " + text + (text.equals("1") ? " member" : " members");
            case "maxProperties" -> "must have at most " + text + (text.equals("1") ? " member" : " members");
            default -> "is not valid";
        };
    }

    private static String characters(String count) {
        return count.equals("1") ? " character" : " characters";
    }

    private static String types(JsonNode wanted) {
        List<String> names = new ArrayList<>();
        if (wanted.isArray()) {
            wanted.forEach(name -> names.add(TYPES.getOrDefault(name.asText(), "")));
        } else {
            names.add(TYPES.getOrDefault(wanted.asText(), ""));
        }
        return String.join(" or ", names);
    }

    private static String values(JsonNode wanted) {
        List<String> values = new ArrayList<>();
        wanted.forEach(value -> values.add(value.toString()));
        return cut(String.join(", ", values));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
