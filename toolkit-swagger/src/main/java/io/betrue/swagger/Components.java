package io.betrue.swagger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.betrue.schema.SchemaOrigin;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The schemas of a document under {@code #/components/schemas}: the roots, and each place that a {@code $ref} leads to. */
final class Components {
    static final String PREFIX = "#/components/schemas/";

    private final Map<SchemaBundle, Map<String, String>> names = new HashMap<>();
    private final Map<String, SchemaBundle> owners = new TreeMap<>();
    private final Map<String, String> places = new HashMap<>();

    /**
     * Gives each schema its name. Two that are called the same but differ have different names, whichever came first.
     *
     * @param bundles the schemas, in any order
     * @param reserved names that are taken
     */
    Components(Collection<SchemaBundle> bundles, Collection<String> reserved) {
        TreeSet<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(reserved);
        TreeSet<SchemaBundle> sorted = new TreeSet<>(bundles);
        Map<SchemaOrigin, String> known = new HashMap<>();
        // before the places inside, so that none of them takes the name of a schema
        for (SchemaBundle bundle : sorted) {
            names.put(bundle, new TreeMap<>());
            name(bundle, "", known, taken);
        }
        for (SchemaBundle bundle : sorted) {
            reached(bundle.root()).forEach(pointer -> name(bundle, pointer, known, taken));
        }
    }

    /** Gives a place its name, which is that of the same place in another bundle where they have one origin. */
    private void name(SchemaBundle bundle, String pointer, Map<SchemaOrigin, String> known, Set<String> taken) {
        Map<String, String> own = names.getOrDefault(bundle, Map.of());
        if (own.containsKey(pointer)) {
            return;
        }
        SchemaOrigin origin = bundle.origins().get(pointer);
        String name = origin == null ? null : known.get(origin);
        if (name == null) {
            name = origin == null
                    ? free(clean(bundle.name() + readable(pointer)), bundle.text() + pointer, taken)
                    : free(clean(readable(origin)), origin.toString(), taken);
            owners.put(name, bundle);
            places.put(name, pointer);
        }
        if (origin != null) {
            known.put(origin, name);
        }
        own.put(pointer, name);
    }

    /** A reference to a schema that was given to the constructor. */
    ObjectNode reference(SchemaBundle bundle) {
        Map<String, String> own = names.get(bundle);
        if (own == null) {
            throw new IllegalStateException(
                    "schema " + bundle.name() + " was not collected before the document was written");
        }
        return JsonNodeFactory.instance.objectNode().put("$ref", PREFIX + own.get(""));
    }

    /** All schemas in the words of a dialect, sorted by name. */
    Map<String, JsonNode> write(Dialect dialect, List<String> losses) {
        Map<String, JsonNode> sources = new TreeMap<>();
        owners.forEach((name, bundle) ->
                sources.put(name, reader(bundle).read(bundle.root().at(places.getOrDefault(name, "")))));
        Map<String, JsonNode> written = new TreeMap<>();
        Map<String, List<String>> lost = new TreeMap<>();
        sources.forEach((name, source) -> {
            List<String> own = new ArrayList<>();
            written.put(name, dialect.schema(name, source, own));
            lost.put(name, own);
        });
        Set<String> lossy = lossy(sources, lost);
        Dialect knowing = dialect.knowing(lossy);
        sources.forEach((name, source) -> {
            if (lossy.contains(PREFIX + name)) { // what it refers to may have to be said otherwise
                List<String> own = new ArrayList<>();
                written.put(name, knowing.schema(name, source, own));
                lost.put(name, own);
            }
        });
        lost.values().forEach(losses::addAll);
        return written;
    }

    /** References to the schemas that lose something, themselves or in what they refer to. */
    private static Set<String> lossy(Map<String, JsonNode> sources, Map<String, List<String>> lost) {
        Set<String> lossy = new HashSet<>();
        lost.forEach((name, own) -> {
            if (!own.isEmpty()) {
                lossy.add(PREFIX + name);
            }
        });
        if (lossy.isEmpty()) {
            return lossy;
        }
        Map<String, Set<String>> uses = new TreeMap<>();
        sources.forEach((name, source) -> {
            Set<String> used = new HashSet<>();
            references(source, used::add);
            uses.put(PREFIX + name, used);
        });
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Set<String>> one : uses.entrySet()) {
                more |= one.getValue().stream().anyMatch(lossy::contains) && lossy.add(one.getKey());
            }
        }
        return lossy;
    }

    /** A schema that refers to parts of a bundle, which was given to the constructor or refers to nothing. */
    JsonNode read(SchemaBundle bundle, JsonNode schema) {
        return reader(bundle).read(schema);
    }

    private SourceSchema reader(SchemaBundle bundle) {
        Map<String, String> own = names.getOrDefault(bundle, Map.of());
        return new SourceSchema(bundle.draft(), target -> PREFIX + own.get(pointer(target)));
    }

    /** The root and every place that can be reached from it by references, as pointers. */
    private static Set<String> reached(JsonNode root) {
        TreeSet<String> reached = new TreeSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(""));
        while (!next.isEmpty()) {
            String pointer = next.remove();
            if (reached.add(pointer)) {
                references(root.at(pointer), reference -> next.add(pointer(reference)));
            }
        }
        return reached;
    }

    private static void references(JsonNode schema, Consumer<String> found) {
        if (SchemaKeywords.isReference(schema)) {
            found.accept(schema.path("$ref").textValue());
        } else if (schema.isObject()) {
            SchemaKeywords.mapWithin((ObjectNode) schema, "", (inner, at) -> {
                references(inner, found);
                return inner;
            });
        }
    }

    /** The pointer of a local reference; percent-encoding is undone. */
    static String pointer(String reference) {
        if (!reference.equals("#") && !reference.startsWith("#/")) {
            throw new IllegalArgumentException("a bundled schema refers to itself only, not to " + reference);
        }
        return URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String readable(String pointer) {
        return pointer.replaceFirst("^/definitions/", "/").replace("~1", "/").replace("~0", "~");
    }

    /** As the place is called in the document that has it; without the scheme of an address. */
    private static String readable(SchemaOrigin origin) {
        return origin.schema().replaceFirst("^[a-z]+://", "").replaceFirst("#$", "") + readable(origin.pointer());
    }

    static String clean(String name) {
        String clean = name.replace('/', '.').replaceAll("[^A-Za-z0-9._-]", "_");
        return clean.length() <= 200 ? clean : clean.substring(0, 200);
    }

    /** {@return the name that is wanted, or one that also tells what it means} */
    private static String free(String wanted, String meaning, Set<String> taken) {
        String name = wanted;
        while (!taken.add(name)) {
            name = wanted + "_" + Hash.of(name + meaning).substring(0, 6);
        }
        return name;
    }
}
