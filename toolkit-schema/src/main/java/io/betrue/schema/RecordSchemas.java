package io.betrue.schema;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
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
            return record(type, JacksonRecord.discriminator(type, type));
        }
        if (type.isSealed()) {
            return alternatives(type);
        }
        throw new IllegalArgumentException(
                type.getName() + " has no schema; a record, a sealed interface of records, an enum, a collection, a map"
                        + " or a plain value would have");
    }

    private ObjectNode record(Class<?> type, JacksonRecord.@Nullable Discriminator discriminator) {
        ObjectNode properties = object();
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        String property = discriminator == null ? null : discriminator.property();
        if (discriminator != null) {
            properties.putObject(discriminator.property()).put("const", discriminator.value());
            required.add(property);
        }
        Map<String, JacksonRecord.Member> members = JacksonRecord.members(type, property);
        for (RecordComponent component : type.getRecordComponents()) {
            JacksonRecord.Member member = members.get(component.getName());
            if (member == null || member.name().equals(property)) {
                continue;
            }
            try {
                properties.set(member.name(), component(component, member));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "component " + component.getName() + " of " + type.getName() + ": " + e.getMessage(), e);
            }
            if (member.always() && member.read() && !isNullable(component)) {
                required.add(member.name());
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

    private ObjectNode component(RecordComponent component, JacksonRecord.Member member) {
        ObjectNode schema = value(component.getAnnotatedType());
        for (Annotation annotation : JacksonRecord.annotations(component)) {
            if (annotation instanceof JsonFormat format && !isAsDescribed(format, schema)) {
                throw new IllegalArgumentException(
                        "@JsonFormat gives it another form, which is not described; write the schema by hand");
            }
            if (annotation instanceof JsonTypeInfo) {
                throw new IllegalArgumentException("@JsonTypeInfo belongs to its type, a sealed interface");
            }
            Constraints.apply(annotation, schema);
        }
        ObjectNode described = isNullable(component) ? nullable(schema) : schema;
        if (!member.read() && !described.has("$ref")) {
            described.put("readOnly", true);
        }
        if (!member.written() && !described.has("$ref")) {
            described.put("writeOnly", true);
        }
        return described;
    }

    private static boolean isAsDescribed(JsonFormat format, ObjectNode schema) {
        boolean text = format.shape() == JsonFormat.Shape.STRING
                && schema.path("type").asText().equals("string");
        return format.pattern().isEmpty() && (text || format.shape() == JsonFormat.Shape.ANY);
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getType() == Optional.class
                || isNullable(component.getAnnotatedType().getAnnotations())
                || isNullable(JacksonRecord.annotations(component).toArray(Annotation[]::new))
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
            // a bound that stands before the type of an array is that of the array
            AnnotatedType item = array.getAnnotatedGenericComponentType();
            return list(orNull(item, value(item)), false);
        }
        AnnotatedType[] arguments = annotated instanceof AnnotatedParameterizedType parameterized
                ? parameterized.getAnnotatedActualTypeArguments()
                : new AnnotatedType[0];
        if (Collection.class.isAssignableFrom(raw) && arguments.length == 1) {
            return list(element(arguments[0]), Set.class.isAssignableFrom(raw));
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

    /** {@return the schema of what a collection or a map holds} */
    private ObjectNode element(AnnotatedType type) {
        ObjectNode schema = value(type);
        for (Annotation annotation : type.getAnnotations()) {
            Constraints.apply(annotation, schema);
        }
        return orNull(type, schema);
    }

    private static ObjectNode orNull(AnnotatedType type, ObjectNode schema) {
        return isNullable(type.getAnnotations()) ? nullable(schema) : schema;
    }

    private static ObjectNode list(ObjectNode items, boolean unique) {
        ObjectNode list = object().put("type", "array");
        list.set("items", items);
        return unique ? list.put("uniqueItems", true) : list;
    }

    private static ObjectNode constants(Class<?> type) {
        ObjectNode schema = object();
        ArrayNode values = schema.putArray("enum");
        for (Object constant : type.getEnumConstants()) {
            JsonNode value = JacksonRecord.constant(constant);
            if (!value.isValueNode()) {
                throw new IllegalArgumentException(type.getName() + " is no text and no number to Jackson");
            }
            values.add(value);
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
        ObjectNode schema = object();
        ArrayNode branches = schema.putArray("oneOf");
        for (Class<?> one : records(type)) {
            JacksonRecord.Discriminator discriminator = JacksonRecord.discriminator(type, one);
            if (discriminator == null) {
                throw new IllegalArgumentException(
                        type.getName()
                                + " is sealed and needs @JsonTypeInfo(use = NAME), so that its records can be told apart by a property");
            }
            branches.add(record(one, discriminator));
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
}
