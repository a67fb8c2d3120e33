package io.betrue.schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Describes records by schemas of draft 7, as Jackson reads and writes them. Used once. */
final class RecordSchemas {
    private final Class<?> root;
    private final Map<Class<?>, String> names = new LinkedHashMap<>();
    private final Deque<Class<?>> pending = new ArrayDeque<>();

    private RecordSchemas(Class<?> root) {
        this.root = root;
    }

    /**
     * {@return the schema of a record or a sealed interface of records}
     *
     * @throws IllegalArgumentException if it has a part that cannot be described; the message names it
     */
    static ObjectNode of(Class<?> type) {
        return new RecordSchemas(type).describe();
    }

    private ObjectNode describe() {
        names.put(root, "");
        ObjectNode schema = object().put("$schema", Draft.DRAFT_7.uri());
        schema.setAll(type(root));
        ObjectNode definitions = object();
        while (!pending.isEmpty()) {
            Class<?> next = pending.poll();
            definitions.set(names.get(next), type(next));
        }
        return definitions.isEmpty() ? schema : schema.set("definitions", definitions);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode type(Class<?> type) {
        if (type.isRecord()) {
            return record(type, null, "");
        }
        if (type.isSealed()) {
            return alternatives(type);
        }
        throw new IllegalArgumentException(
                type.getName() + " has no schema; a record, a sealed interface of records, an enum, a collection, a map"
                        + " or a plain value would have");
    }

    private ObjectNode record(Class<?> type, @Nullable String discriminator, String value) {
        ObjectNode properties = object();
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        if (discriminator != null) {
            properties.putObject(discriminator).put("const", value);
            required.add(discriminator);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(component);
            try {
                properties.set(name, component(component));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "component " + component.getName() + " of " + type.getName() + ": " + e.getMessage(), e);
            }
            if (!isNullable(component) && component.getType() != Optional.class) {
                required.add(name);
            }
        }
        ObjectNode schema = object().put("type", "object");
        schema.set("properties", properties);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        JsonIgnoreProperties ignore = type.getAnnotation(JsonIgnoreProperties.class);
        return ignore != null && ignore.ignoreUnknown() ? schema : schema.put("additionalProperties", false);
    }

    private static String name(RecordComponent component) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null || property.value().isEmpty() ? component.getName() : property.value();
    }

    private ObjectNode component(RecordComponent component) {
        ObjectNode schema = value(component.getAnnotatedType());
        for (Annotation annotation : component.getAccessor().getAnnotations()) {
            Constraints.apply(annotation, schema);
        }
        boolean nullable = isNullable(component) || component.getType() == Optional.class;
        return nullable ? nullable(schema) : schema;
    }

    private static boolean isNullable(RecordComponent component) {
        return isNullable(component.getAnnotatedType().getAnnotations())
                || isNullable(component.getAccessor().getAnnotations())
                || isNullable(component.getAccessor().getAnnotatedReturnType().getAnnotations());
    }

    private static boolean isNullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    private static ObjectNode nullable(ObjectNode schema) {
        if (schema.has("enum")) {
            ((ArrayNode) schema.get("enum")).addNull();
        }
        if (schema.path("type").isTextual()) {
            String type = schema.get("type").textValue();
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        if (schema.isEmpty() || schema.has("enum")) {
            return schema;
        }
        ObjectNode either = object();
        either.putArray("anyOf").add(schema).add(object().put("type", "null"));
        return either;
    }

    private ObjectNode value(AnnotatedType annotated) {
        Type type = annotated.getType();
        Class<?> raw = raw(type);
        ObjectNode plain = PlainTypes.of(raw);
        if (plain != null) {
            return plain;
        }
        if (raw.isEnum()) {
            return constants(raw);
        }
        if (annotated instanceof AnnotatedArrayType array) {
            return list(array.getAnnotatedGenericComponentType(), false);
        }
        AnnotatedType[] arguments = annotated instanceof AnnotatedParameterizedType parameterized
                ? parameterized.getAnnotatedActualTypeArguments()
                : new AnnotatedType[0];
        if (Collection.class.isAssignableFrom(raw) && arguments.length == 1) {
            return list(arguments[0], Set.class.isAssignableFrom(raw));
        }
        if (Map.class.isAssignableFrom(raw) && arguments.length == 2) {
            ObjectNode map = object().put("type", "object");
            return map.set("additionalProperties", element(arguments[1]));
        }
        if (raw == Optional.class && arguments.length == 1) {
            return value(arguments[0]);
        }
        return reference(raw);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized && parameterized.getRawType() instanceof Class<?> plain) {
            if (plain.isRecord()) {
                throw new IllegalArgumentException("generic record " + type.getTypeName() + " has no schema");
            }
            return plain;
        }
        throw new IllegalArgumentException("type " + type.getTypeName() + " has no schema");
    }

    private ObjectNode element(AnnotatedType type) {
        return isNullable(type.getAnnotations()) ? nullable(value(type)) : value(type);
    }

    private ObjectNode list(AnnotatedType items, boolean unique) {
        ObjectNode list = object().put("type", "array");
        list.set("items", element(items));
        return unique ? list.put("uniqueItems", true) : list;
    }

    private static ObjectNode constants(Class<?> type) {
        ObjectNode schema = object();
        ArrayNode values = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            try {
                JsonProperty property = type.getField(name).getAnnotation(JsonProperty.class);
                values.add(property == null || property.value().isEmpty() ? name : property.value());
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException(e);
            }
        }
        return schema;
    }

    private ObjectNode reference(Class<?> type) {
        if (!type.isRecord() && !type.isSealed()) {
            return type(type);
        }
        String name = names.get(type);
        if (name == null) {
            name = type.getSimpleName();
            for (int i = 2; names.containsValue(name); i++) {
                name = type.getSimpleName() + "_" + i;
            }
            names.put(type, name);
            pending.add(type);
        }
        return object().put("$ref", name.isEmpty() ? "#" : "#/definitions/" + name);
    }

    private ObjectNode alternatives(Class<?> type) {
        JsonTypeInfo info = type.getAnnotation(JsonTypeInfo.class);
        boolean named = info != null
                && info.use() == JsonTypeInfo.Id.NAME
                && (info.include() == JsonTypeInfo.As.PROPERTY || info.include() == JsonTypeInfo.As.EXISTING_PROPERTY);
        if (info == null || !named) {
            throw new IllegalArgumentException(
                    type.getName()
                            + " is sealed and needs @JsonTypeInfo(use = NAME), so that its records can be told apart by a property");
        }
        String property = info.property().isEmpty() ? "@type" : info.property();
        ObjectNode schema = object();
        ArrayNode branches = schema.putArray("oneOf");
        for (Class<?> one : records(type)) {
            branches.add(record(one, property, typeName(type, one)));
        }
        return schema;
    }

    private static List<Class<?>> records(Class<?> sealed) {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                records.addAll(records(permitted));
            } else if (permitted.isRecord()) {
                records.add(permitted);
            } else {
                throw new IllegalArgumentException(
                        permitted.getName() + " is no record, but permitted by " + sealed.getName());
            }
        }
        return records;
    }

    private static String typeName(Class<?> sealed, Class<?> type) {
        JsonSubTypes types = sealed.getAnnotation(JsonSubTypes.class);
        if (types != null) {
            for (JsonSubTypes.Type one : types.value()) {
                if (one.value() == type && !one.name().isEmpty()) {
                    return one.name();
                }
            }
        }
        JsonTypeName name = type.getAnnotation(JsonTypeName.class);
        if (name != null && !name.value().isEmpty()) {
            return name.value();
        }
        // what Jackson makes of a class without a name
        String full = type.getName();
        return full.substring(full.lastIndexOf('.') + 1);
    }
}
