package io.betrue.swagger;

import io.betrue.errors.ErrorCode;
import io.javalin.router.EndpointMetadata;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a document says of a route beyond its method and path. Immutable; each method returns a changed copy.
 * <pre>{@code
 * Endpoint.create(HandlerType.POST, "/orders")
 *         .addMetadata(Operation.of("Places an order").problems(ShopError.OUT_OF_STOCK))
 *         .handler(orders::create);
 * }</pre>
 */
public final class Operation implements EndpointMetadata {
    private static final int SUMMARY = 200;
    private static final int TEXT = 20_000;
    private static final int TAGS = 20;
    private static final int PROBLEMS = 200;
    private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

    private final String summary;
    private final String description;
    private final @Nullable String id;
    private final List<String> tags;
    private final List<ErrorCode> problems;
    private final boolean deprecated;
    private final boolean hidden;

    private Operation(
            String summary,
            String description,
            @Nullable String id,
            List<String> tags,
            List<ErrorCode> problems,
            boolean deprecated,
            boolean hidden) {
        this.summary = summary;
        this.description = description;
        this.id = id;
        this.tags = tags;
        this.problems = problems;
        this.deprecated = deprecated;
        this.hidden = hidden;
    }

    /**
     * {@return an operation with a summary and nothing else}
     *
     * @param summary one line of plain text, at most 200 characters; empty for none
     * @throws IllegalArgumentException if it is longer, or more than one line
     */
    public static Operation of(String summary) {
        if (summary.length() > SUMMARY || summary.lines().count() > 1) {
            throw new IllegalArgumentException("a summary is one line of at most " + SUMMARY
                    + " characters; the rest belongs to description(…): \"" + start(summary) + "\"");
        }
        return new Operation(summary, "", null, List.of(), List.of(), false, false);
    }

    /** {@return an operation that appears in no document} */
    public static Operation hidden() {
        return new Operation("", "", null, List.of(), List.of(), false, true);
    }

    /**
     * {@return the same with a description}
     *
     * @param text CommonMark, at most 20,000 characters
     * @throws IllegalArgumentException if it is longer
     */
    public Operation description(String text) {
        if (text.length() > TEXT) {
            throw new IllegalArgumentException(
                    "a description has at most " + TEXT + " characters, not " + text.length());
        }
        return new Operation(summary, text, id, tags, problems, deprecated, hidden);
    }

    /**
     * {@return the same with an {@code operationId} of its own}
     *
     * @param operationId a letter and up to 99 letters, digits or underscores, unique in the application
     * @throws IllegalArgumentException if it is anything else
     */
    public Operation id(String operationId) {
        if (!ID.matcher(operationId).matches()) {
            throw new IllegalArgumentException(
                    "an operationId is a letter and up to 99 letters, digits or underscores, not \""
                            + start(operationId) + "\"");
        }
        return new Operation(summary, description, operationId, tags, problems, deprecated, hidden);
    }

    /**
     * {@return the same with other tags than the first segment of the path}
     *
     * @param names 1 to 20 names of 1 to 100 characters
     * @throws IllegalArgumentException if there are more or fewer, or a name is longer or blank
     */
    public Operation tags(String... names) {
        List<String> given = List.of(names);
        if (given.isEmpty() || given.size() > TAGS || given.stream().anyMatch(Operation::noTag)) {
            throw new IllegalArgumentException(
                    "an operation has 1 to " + TAGS + " tags of 1 to 100 characters, not " + start(given.toString()));
        }
        return new Operation(
                summary, description, id, given.stream().distinct().toList(), problems, deprecated, hidden);
    }

    /**
     * {@return the same with the failures that are its own; those that every route has need not be named}
     *
     * @param codes at most 200
     * @throws IllegalArgumentException if there are more
     */
    public Operation problems(ErrorCode... codes) {
        List<ErrorCode> given = List.of(codes);
        if (given.size() > PROBLEMS) {
            throw new IllegalArgumentException(
                    "an operation has at most " + PROBLEMS + " problems, not " + given.size());
        }
        return new Operation(
                summary, description, id, tags, given.stream().distinct().toList(), deprecated, hidden);
    }

    /** {@return the same, marked as deprecated} */
    public Operation deprecated() {
        return new Operation(summary, description, id, tags, problems, true, hidden);
    }

    /** {@return one line of plain text; empty for none} */
    public String summary() {
        return summary;
    }

    /** {@return CommonMark; empty for none} */
    public String description() {
        return description;
    }

    @Nullable
    String id() {
        return id;
    }

    List<String> tags() {
        return tags;
    }

    List<ErrorCode> problems() {
        return problems;
    }

    boolean isDeprecated() {
        return deprecated;
    }

    boolean isHidden() {
        return hidden;
    }

    private static boolean noTag(String name) {
        return name.isBlank() || name.length() > 100;
    }

    private static String start(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
