package io.betrue.schema;

import io.betrue.errors.ErrorCode;
import java.util.List;

/**
 * The words in which a route says what comes in and goes out; made to be imported statically. A schema is a name, as in {@code order/create}, or the schema
 * itself, which starts with a brace.
 */
public final class RouteParts {
    private static final String JSON = "application/json";

    private RouteParts() {}

    /**
     * {@return a JSON body that must be there}
     *
     * @param schema its schema
     */
    public static RequestBody in(String schema) {
        return in(JSON, schema);
    }

    /**
     * {@return a JSON body of another media type that must be there}
     *
     * @param mediaType the media type, as in {@code application/merge-patch+json}
     * @param schema its schema
     */
    public static RequestBody in(String mediaType, String schema) {
        return new RequestBody(mediaType, RequestBody.Kind.JSON, SchemaRef.of(schema), true, null);
    }

    /**
     * {@return a form, {@code application/x-www-form-urlencoded}, that must be there}
     *
     * @param schema the schema of an object with a member for each field
     */
    public static RequestBody form(String schema) {
        return new RequestBody(
                "application/x-www-form-urlencoded", RequestBody.Kind.FORM, SchemaRef.of(schema), true, null);
    }

    /**
     * {@return a form with files, {@code multipart/form-data}, that must be there}
     *
     * @param schema the schema of an object with a member for each field and file, see {@link RequestBody.Kind#MULTIPART}
     */
    public static RequestBody multipart(String schema) {
        return new RequestBody("multipart/form-data", RequestBody.Kind.MULTIPART, SchemaRef.of(schema), true, null);
    }

    /**
     * {@return a body that only the handler reads}
     *
     * @param mediaType its media type
     */
    public static RequestBody inStream(String mediaType) {
        return new RequestBody(mediaType, RequestBody.Kind.STREAM, null, true, null);
    }

    /**
     * {@return a parameter of the path}
     *
     * @param name its name in the path, without braces
     * @param schema its schema
     */
    public static Parameter path(String name, String schema) {
        return Parameter.of(Parameter.In.PATH, name, schema);
    }

    /**
     * {@return a parameter of the query, which may be absent}
     *
     * @param name its name
     * @param schema its schema
     */
    public static Parameter query(String name, String schema) {
        return Parameter.of(Parameter.In.QUERY, name, schema);
    }

    /**
     * {@return a header, which may be absent}
     *
     * @param name its name, in any case
     * @param schema its schema
     */
    public static Parameter header(String name, String schema) {
        return Parameter.of(Parameter.In.HEADER, name, schema);
    }

    /**
     * {@return a cookie, which may be absent}
     *
     * @param name its name
     * @param schema its schema
     */
    public static Parameter cookie(String name, String schema) {
        return Parameter.of(Parameter.In.COOKIE, name, schema);
    }

    /**
     * {@return a response with a JSON body}
     *
     * @param status its status, 100 to 599
     * @param schema its schema
     */
    public static ResponseBody out(int status, String schema) {
        return out(String.valueOf(status), schema);
    }

    /**
     * {@return responses with a JSON body}
     *
     * @param status a status, a class of them, {@code 4XX}, or {@code default} for any that is not mentioned
     * @param schema their schema
     */
    public static ResponseBody out(String status, String schema) {
        return new ResponseBody(status, ResponseBody.Kind.JSON, JSON, SchemaRef.of(schema), null);
    }

    /**
     * {@return a response without a body}
     *
     * @param status its status, 100 to 599
     */
    public static ResponseBody out(int status) {
        return new ResponseBody(String.valueOf(status), ResponseBody.Kind.NONE, null, null, null);
    }

    /**
     * {@return a response whose body is not looked at: a file, a stream, events}
     *
     * @param status its status, 100 to 599
     * @param mediaType its media type
     */
    public static ResponseBody outStream(int status, String mediaType) {
        return new ResponseBody(String.valueOf(status), ResponseBody.Kind.STREAM, mediaType, null, null);
    }

    /**
     * {@return the failures that have a code of their own}
     *
     * @param codes the codes, as in {@code ShopError.OUT_OF_STOCK}
     */
    public static RouteProblems problems(ErrorCode... codes) {
        return new RouteProblems(List.of(codes));
    }
}
