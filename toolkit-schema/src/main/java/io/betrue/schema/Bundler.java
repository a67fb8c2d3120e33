package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a schema stand alone: copies what it refers to into its definitions. Used once. */
final class Bundler {
    private final References references;
    private final Resources resources;
    private final Document document;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, SchemaOrigin> origins = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Deque<Place> pending = new ArrayDeque<>();

    Bundler(Resources resources, References references, Document document) {
        this.resources = resources;
        this.references = references;
        this.document = document;
    }

    Bundle bundle() {
        Place root = resources.root(document);
        names.put(root.key(), "");
        JsonNode copy = copy(root);
        if (copy instanceof ObjectNode object && !pending.isEmpty()) {
            ObjectNode definitions = JsonNodeFactory.instance.objectNode();
            while (!pending.isEmpty()) {
                Place place = pending.poll();
                String name = String.valueOf(names.get(place.key()));
                definitions.set(name, copy(place));
                origins.put(
                        name,
                        new SchemaOrigin(
                                place.document().name(), place.document().file(), place.pointer()));
            }
            object.set("definitions", definitions);
        }
        return new Bundle(
                document.name(), document.draft(), document.root(), copy, Collections.unmodifiableMap(origins));
    }

    private JsonNode copy(Place place) {
        if (!place.node().isObject()) {
            return place.node();
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        if (place.node().has("$ref")) {
            return copy.put("$ref", local(references.target(place)));
        }
        String id = document.draft().idKeyword();
        for (Map.Entry<String, JsonNode> member : place.node().properties()) {
            String keyword = member.getKey();
            if (!keyword.equals("definitions") && !keyword.equals(id) && !keyword.equals("$schema")) {
                copy.set(keyword, copy(keyword, place.child(keyword, member.getValue())));
            }
        }
        return copy;
    }

    private JsonNode copy(String keyword, Place at) {
        Keywords.Shape shape = Keywords.of(document.draft()).getOrDefault(keyword, Keywords.Shape.ANY);
        return switch (shape) {
            case SCHEMA, SCHEMA_OR_FLAG -> copy(known(at));
            case SCHEMA_LIST -> list(at);
            case SCHEMA_OR_LIST -> at.node().isArray() ? list(at) : copy(known(at));
            case SCHEMA_MAP, PATTERN_MAP, DEPENDENCY_MAP -> map(at);
            default -> at.node();
        };
    }

    private ArrayNode list(Place at) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < at.node().size(); i++) {
            copy.add(copy(known(at.child(i, at.node().get(i)))));
        }
        return copy;
    }

    private ObjectNode map(Place at) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : at.node().properties()) {
            Place child = at.child(member.getKey(), member.getValue());
            copy.set(member.getKey(), member.getValue().isArray() ? member.getValue() : copy(known(child)));
        }
        return copy;
    }

    /** {@return the same place with the base that was found for it} */
    private Place known(Place place) {
        return resources.known(place);
    }

    private String local(Place target) {
        String name = names.get(target.key());
        if (name == null) {
            name = name(target);
            names.put(target.key(), name);
            pending.add(target);
        }
        return name.isEmpty() ? "#" : "#/definitions/" + name;
    }

    private String name(Place target) {
        List<String> path = Pointers.names(target.pointer());
        String last = path.isEmpty() ? target.document().name().replaceAll(".*/(?=.)", "") : path.get(path.size() - 1);
        String plain = last.replaceAll("[^A-Za-z0-9_.-]+", "_");
        String name = plain.isEmpty() ? "schema" : plain;
        for (int i = 2; !taken.add(name); i++) {
            name = plain + "_" + i;
        }
        return name;
    }
}
