package io.betrue.schema;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a route. Its text is turned into the type that the schema asks for, and into nothing else: {@code 17.02} is no integer, {@code null} and the
 * empty text are texts.
 *
 * @param in where it stands
 * @param name its name; headers are compared without regard to case
 * @param schema what its value must be; an array takes several values, an object is refused at the start
 * @param required whether a request without it is refused; always so in a path
 * @param style how an array is written
 * @param description a text for people, or null
 */
public record Parameter(
        In in,
        String name,
        SchemaRef schema,
        boolean required,
        ArrayStyle style,
        @Nullable String description) implements RoutePart {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final int LONGEST_NAME = 100;

    /** Where a parameter stands. */
    public enum In {
        /** In the path: {@code /orders/{id}}. */
        PATH,
        /** In the query string. */
        QUERY,
        /** In the headers. */
        HEADER,
        /** In the cookies. */
        COOKIE
    }

    /** How an array is written. */
    public enum ArrayStyle {
        /** The name again for each item, as in {@code tag=a&tag=b}; several lines of a header. Not possible in a path. */
        REPEATED,
        /** One text with commas, as in {@code tag=a,b}. */
        COMMAS
    }

    /**
     * Checks the name.
     *
     * @param in where it stands
     * @param name its name
     * @param schema what its value must be
     * @param required whether it must be there
     * @param style how an array is written
     * @param description a text for people, or null
     * @throws IllegalArgumentException if the name is empty or too long, or no name of a header or cookie, or a parameter of the path is optional or repeated
     */
    public Parameter {
        boolean token = in == In.HEADER || in == In.COOKIE;
        if (name.isEmpty()
                || name.length() > LONGEST_NAME
                || (token && !TOKEN.matcher(name).matches())) {
            throw new IllegalArgumentException("name of a parameter must have 1.." + LONGEST_NAME
                    + " characters, and only letters, digits and dashes in a header: \"" + name + "\"");
        }
        if (in == In.PATH && (!required || style == ArrayStyle.REPEATED)) {
            throw new IllegalArgumentException("parameter {" + name
                    + "} of the path is always required, and an array in it is written with commas");
        }
    }

    static Parameter of(In in, String name, String schema) {
        ArrayStyle style = in == In.QUERY ? ArrayStyle.REPEATED : ArrayStyle.COMMAS;
        return new Parameter(in, name, SchemaRef.of(schema), in == In.PATH, style, null);
    }

    /** {@return the same parameter, required} */
    public Parameter require() {
        return new Parameter(in, name, schema, true, style, description);
    }

    /**
     * {@return the same parameter with a description}
     *
     * @param text a text for people
     */
    public Parameter describedAs(String text) {
        return new Parameter(in, name, schema, required, style, text);
    }

    /**
     * {@return the same parameter with arrays written another way}
     *
     * @param other how an array is written
     */
    public Parameter style(ArrayStyle other) {
        return new Parameter(in, name, schema, required, other, description);
    }
}
