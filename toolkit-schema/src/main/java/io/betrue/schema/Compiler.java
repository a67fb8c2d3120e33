package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.everit.json.schema.CombinedSchema;
import org.everit.json.schema.ConditionalSchema;
import org.everit.json.schema.EmptySchema;
import org.everit.json.schema.FalseSchema;
import org.everit.json.schema.ReferenceSchema;
import org.everit.json.schema.Schema;
import org.everit.json.schema.TrueSchema;

/** Builds the engine's model of a bundle. Not safe for use by multiple threads. */
final class Compiler {
    private static final List<String> STRING_WORDS = List.of("minLength", "maxLength", "pattern", "format");
    private static final List<String> NUMBER_WORDS =
            List.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final List<String> ARRAY_WORDS =
            List.of("items", "additionalItems", "minItems", "maxItems", "contains");
    private static final List<String> OBJECT_WORDS = List.of(
            "properties",
            "patternProperties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
            "dependencies",
            "propertyNames");

    private final Bundle bundle;
    private final Limits limits;
    private final Recursion recursion;
    private final TypedSchemas typed;
    private final IdentityHashMap<JsonNode, Schema> done = new IdentityHashMap<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();

    Compiler(Bundle bundle, Words words, Limits limits) {
        this.bundle = bundle;
        this.limits = limits;
        this.recursion = new Recursion(bundle);
        this.typed = new TypedSchemas(bundle.draft(), words, this::schema);
    }

    /** {@return the model of all schemas in the bundle} */
    Model compile() {
        schema(bundle.root());
        while (!pending.isEmpty()) {
            pending.pop().run();
        }
        return new Model(done, bundle.draft());
    }

    private Schema schema(JsonNode node) {
        Schema known = done.get(node);
        if (known == null) {
            known = make(node);
            done.put(node, known);
        }
        return known;
    }

    private Schema make(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue()
                    ? TrueSchema.builder().build()
                    : FalseSchema.builder().build();
        }
        JsonNode reference = node.get("$ref");
        return reference == null ? assertions(node) : reference(reference.textValue());
    }

    private Schema reference(String pointer) {
        JsonNode target = bundle.target(pointer);
        if (recursion.isRecursive(pointer)) {
            Reference reference = new Reference();
            pending.push(() -> reference.refersTo(schema(target)));
            return reference;
        }
        ReferenceSchema reference = ReferenceSchema.builder().refValue(pointer).build();
        pending.push(() -> reference.setReferredSchema(schema(target)));
        return reference;
    }

    private Schema assertions(JsonNode node) {
        List<Schema> parts = new ArrayList<>();
        int types = Types.mask(node);
        boolean values = values(node, types, parts);
        boolean one = Integer.bitCount(types) == 1 && !values;
        if (!one && !values && types != Types.ANY) {
            parts.add(new ValueCheck(types, null));
        }
        int demanded = one ? types : 0;
        if (demanded == Types.BOOLEAN || demanded == Types.NULL) {
            parts.add(TypedSchemas.plain(demanded));
        }
        if (demanded == Types.STRING || hasAny(node, STRING_WORDS)) {
            parts.add(typed.string(node, demanded == Types.STRING));
        }
        if ((demanded & (Types.NUMBER | Types.INTEGER)) != 0 || hasAny(node, NUMBER_WORDS)) {
            parts.add(typed.number(node, demanded));
        }
        if (demanded == Types.ARRAY || hasAny(node, ARRAY_WORDS)) {
            parts.add(typed.array(node, demanded == Types.ARRAY));
        }
        if (demanded == Types.OBJECT || hasAny(node, OBJECT_WORDS)) {
            parts.add(typed.object(node, demanded == Types.OBJECT));
        }
        if (node.path("uniqueItems").booleanValue()) {
            parts.add(new UniqueCheck(limits.uniqueItems()));
        }
        combinations(node, parts);
        return all(parts);
    }

    private boolean values(JsonNode node, int types, List<Schema> parts) {
        boolean hasEnum = node.has("enum");
        boolean hasConst = bundle.draft() != Draft.DRAFT_4 && node.has("const");
        if (hasEnum) {
            parts.add(new ValueCheck(types, node.get("enum")));
        }
        if (hasConst) {
            parts.add(new ValueCheck(types, List.of(node.get("const"))));
        }
        return hasEnum || hasConst;
    }

    private void combinations(JsonNode node, List<Schema> parts) {
        if (node.has("allOf")) {
            schemas(node.get("allOf")).forEach(parts::add);
        }
        if (node.has("anyOf")) {
            List<Schema> any = schemas(node.get("anyOf"));
            parts.add(DiscriminatorCheck.of(
                    bundle, node.get("anyOf"), any, CombinedSchema.anyOf(any).build()));
        }
        if (node.has("oneOf")) {
            List<Schema> one = schemas(node.get("oneOf"));
            parts.add(DiscriminatorCheck.of(
                    bundle, node.get("oneOf"), one, CombinedSchema.oneOf(one).build()));
        }
        if (node.has("not")) {
            parts.add(new NotCheck(schema(node.get("not"))));
        }
        if (bundle.draft() == Draft.DRAFT_7 && node.has("if") && (node.has("then") || node.has("else"))) {
            ConditionalSchema.Builder condition = ConditionalSchema.builder().ifSchema(schema(node.get("if")));
            if (node.has("then")) {
                condition.thenSchema(schema(node.get("then")));
            }
            if (node.has("else")) {
                condition.elseSchema(schema(node.get("else")));
            }
            parts.add(condition.build());
        }
    }

    private List<Schema> schemas(JsonNode nodes) {
        List<Schema> schemas = new ArrayList<>();
        nodes.forEach(node -> schemas.add(schema(node)));
        return schemas;
    }

    private static boolean hasAny(JsonNode node, List<String> words) {
        return words.stream().anyMatch(node::has);
    }

    private static Schema all(List<Schema> parts) {
        return switch (parts.size()) {
            case 0 -> EmptySchema.builder().build();
            case 1 -> parts.get(0);
            default -> CombinedSchema.allOf(parts).build();
        };
    }
}
