package io.betrue.commands.http;

import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.SchemaCheck;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be chosen about {@link HttpCommands}. It is used while the plugin is made and then forgotten. Not safe for use by multiple threads. */
public final class HttpCommandsConfig {
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");
    private static final int MOST_STREAMS = 100_000;

    private final List<RestRoute> rest = new ArrayList<>();
    private final Set<String> headers = new LinkedHashSet<>();
    private SchemaCheck schemas = SchemaCheck.ofRecords();
    private boolean namedSchemas;
    private String prefix = "/api";
    private long contentLimit = 10L * 1_024 * 1_024 * 1_024;
    private int streams = 256;

    HttpCommandsConfig() {}

    /**
     * Sets the path below which commands are, in place of {@code /api}: all POST requests below it are calls of commands.
     *
     * @param path segments that begin with a slash, as in {@code /v1/commands}; empty for the root
     * @return this configuration
     * @throws IllegalArgumentException if the path is malformed
     */
    public HttpCommandsConfig prefix(String path) {
        if (!PREFIX.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "prefix of commands \"" + path + "\" must look like /api, without a slash at its end");
        }
        prefix = path;
        return this;
    }

    /**
     * Sets how large a stream beside an input may be, in place of 10 GiB; it is never in memory as a whole. Beyond that a request is PAYLOAD_TOO_LARGE.
     *
     * @param bytes at least 1
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpCommandsConfig contentLimit(long bytes) {
        contentLimit = within("limit of a content", bytes, Long.MAX_VALUE);
        return this;
    }

    /**
     * Sets how many replies with a stream may be sent at once, in place of 256; each has a thread, a virtual one where the JVM has them. Beyond that a call is UNAVAILABLE.
     *
     * @param atOnce 1 to 100,000
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public HttpCommandsConfig streams(int atOnce) {
        streams = (int) within("number of streams", atOnce, MOST_STREAMS);
        return this;
    }

    private static long within(String what, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + " must be 1.." + most + ", was " + value);
        }
        return value;
    }

    /**
     * Names headers of requests that become headers of calls, beside {@code authorization}, {@code accept-language}, {@code idempotency-key}, {@code traceparent},
     * {@code tracestate}, {@code baggage} and those that {@linkplain Commands#travelling() travel}.
     *
     * @param names names in any case
     * @return this configuration
     */
    public HttpCommandsConfig headers(String... names) {
        for (String name : names) {
            headers.add(name.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /**
     * Says where the schemas of commands come from: the same check that is in the chain. They appear in documents, and tell how parameters of {@link #rest} are read;
     * nothing is checked by them here. Without it the schemas are those of the records.
     *
     * @param check the check
     * @return this configuration
     */
    public HttpCommandsConfig schemas(SchemaCheck check) {
        schemas = check;
        return this;
    }

    /**
     * Speaks of registered schemas by their names in documents, in place of writing them out: {@code ledger/deposit/in}. Whatever shows documents needs the same schemas
     * then, as {@code SwaggerPlugin} has by {@code s.schemas(…)}.
     *
     * @return this configuration
     */
    public HttpCommandsConfig namedSchemas() {
        namedSchemas = true;
        return this;
    }

    /**
     * Gives a command another way in, beside its own. Parameters of the path and the query become members of the input, in the types that its schema asks for; a JSON body gives the
     * other members. A GET or DELETE has no body.
     * <pre>{@code
     * h.rest("GET", "/accounts/{id}/balance", BALANCE);
     * }</pre>
     *
     * @param method GET, POST, PUT, PATCH or DELETE
     * @param path a path as Javalin writes it, not below the prefix
     * @param type the command
     * @return this configuration
     * @throws IllegalArgumentException if the method is another, the command is internal, or it is a GET and the command is not {@linkplain CommandType#isIdempotent()
     *     idempotent}
     */
    public HttpCommandsConfig rest(String method, String path, CommandType<?, ?> type) {
        rest.add(RestRoute.of(method, path, type, schemas));
        return this;
    }

    HttpSettings settings(Commands commands) {
        Set<String> all = new LinkedHashSet<>(RequestHead.ALWAYS);
        all.addAll(commands.travelling());
        all.addAll(headers);
        return new HttpSettings(
                prefix, commands.largestInput(), contentLimit, streams, all, schemas, namedSchemas, rest);
    }
}
