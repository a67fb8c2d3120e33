package io.betrue.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;

/** Reads the bounds of Jakarta Validation from components of records. Its annotations are known by their names, so that its jar need not be there. */
final class Constraints {
    private Constraints() {}

    static void apply(Annotation annotation, ObjectNode schema) {
        String name = annotation.annotationType().getName();
        String prefix = "jakarta.validation.constraints.";
        if (!name.startsWith(prefix)) {
            return;
        }
        switch (name.substring(prefix.length())) {
            case "NotEmpty" -> size(schema, 1, Integer.MAX_VALUE);
            case "NotBlank" -> pattern(schema, "\\S");
            case "Size" ->
                size(
                        schema,
                        number(annotation, "min").intValue(),
                        number(annotation, "max").intValue());
            case "Min" -> schema.put("minimum", number(annotation, "value"));
            case "Max" -> schema.put("maximum", number(annotation, "value"));
            case "DecimalMin" -> decimal(schema, annotation, "inimum");
            case "DecimalMax" -> decimal(schema, annotation, "aximum");
            case "Positive" -> schema.put("exclusiveMinimum", 0);
            case "PositiveOrZero" -> schema.put("minimum", 0);
            case "Negative" -> schema.put("exclusiveMaximum", 0);
            case "NegativeOrZero" -> schema.put("maximum", 0);
            case "Email" -> schema.put("format", "email");
            case "Pattern" -> pattern(schema, annotation);
            default -> {}
        }
    }

    private static void pattern(ObjectNode schema, Annotation annotation) {
        if (Array.getLength(value(annotation, "flags")) > 0) {
            throw new IllegalArgumentException("flags of @Pattern are not described; write them into the expression");
        }
        pattern(schema, "^(?:" + value(annotation, "regexp") + ")$");
    }

    private static void pattern(ObjectNode schema, String pattern) {
        if (schema.has("pattern")) {
            schema.withArray("allOf").addObject().put("pattern", pattern);
        } else {
            schema.put("pattern", pattern);
        }
    }

    private static void decimal(ObjectNode schema, Annotation annotation, String ending) {
        boolean inclusive = Boolean.parseBoolean(value(annotation, "inclusive").toString());
        String word = ending.equals("inimum") ? "Minimum" : "Maximum";
        schema.remove(inclusive ? "" : word.toLowerCase(java.util.Locale.ROOT));
        schema.put(
                inclusive ? word.toLowerCase(java.util.Locale.ROOT) : "exclusive" + word, number(annotation, "value"));
    }

    private static void size(ObjectNode schema, int least, int most) {
        String what = switch (schema.path("type").asText()) {
            case "array" -> "Items";
            case "object" -> "Properties";
            default -> "Length";
        };
        if (least > 0) {
            schema.put("min" + what, least);
        }
        if (most < Integer.MAX_VALUE) {
            schema.put("max" + what, most);
        }
    }

    private static BigDecimal number(Annotation annotation, String member) {
        return new BigDecimal(value(annotation, member).toString());
    }

    private static Object value(Annotation annotation, String member) {
        try {
            return annotation.annotationType().getMethod(member).invoke(annotation);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("annotation " + annotation + " has no " + member, e);
        }
    }
}
