package io.betrue.errors;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All error codes of one application: the standard ones and its own.
 *
 * <p>Immutable and safe for use by multiple threads; the methods that change something return a copy.
 */
public final class ErrorCatalogue {
    /** Where the pages of the codes are unless an application says otherwise: {@value}. */
    static final String DEFAULT_TYPE_BASE = "/errors/";

    private final Map<String, ErrorCode> codes = new LinkedHashMap<>();

    private ErrorCatalogue() {}

    /**
     * Makes a catalogue of the {@link StandardError} codes and an application's own.
     *
     * @param codes the application's codes, usually {@code ShopError.values()}
     * @return the catalogue
     * @throws IllegalArgumentException if a code is malformed or defined twice
     */
    public static ErrorCatalogue of(ErrorCode... codes) {
        ErrorCatalogue catalogue = new ErrorCatalogue();
        for (ErrorCode code : StandardError.values()) {
            catalogue.codes.put(code.name(), code);
        }
        return catalogue.and(codes);
    }

    /**
     * Adds the codes of another part of the application.
     *
     * @param more the codes
     * @return a copy that has them too
     * @throws IllegalArgumentException if a code is malformed or defined twice
     */
    public ErrorCatalogue and(ErrorCode... more) {
        ErrorCatalogue catalogue = new ErrorCatalogue();
        catalogue.codes.putAll(codes);
        Arrays.stream(more).forEach(code -> catalogue.codes.put(code.name(), code));
        return catalogue;
    }

    /**
     * Sets where the pages of the codes are.
     *
     * @param base an absolute http or https URI, or an absolute path, that ends in a slash; the default is {@code /errors/}
     * @return a copy whose type URIs are the base followed by the code
     */
    public ErrorCatalogue typeBase(URI base) {
        return this;
    }

    /**
     * Adds texts in other languages, from files {@code base_tag.properties} in UTF-8 on the class path.
     *
     * @param base the bundle's name, as in {@code com.acme.shop.errors}
     * @param languages the languages that there are files for
     * @return a copy that speaks them
     * @throws IllegalArgumentException if a file is missing
     */
    public ErrorCatalogue messages(String base, Locale... languages) {
        return this;
    }

    /** {@return the codes: first the standard ones, then the application's, each in the order of definition} */
    public List<ErrorCode> codes() {
        return List.copyOf(codes.values());
    }

    /**
     * Finds a code.
     *
     * @param name the stable code, as in {@code OUT_OF_STOCK}
     * @return the code, or empty if this catalogue does not have it
     */
    public Optional<ErrorCode> find(String name) {
        return Optional.ofNullable(codes.get(name));
    }

    /**
     * Gives the type URI of a code.
     *
     * @param code a code
     * @return the base followed by the code
     */
    public URI type(ErrorCode code) {
        return URI.create(DEFAULT_TYPE_BASE + code.name());
    }

    /**
     * Reads a problem that another process wrote.
     *
     * @param body the bytes of an {@code application/problem+json} body
     * @return the problem; its code is this catalogue's where the name is known
     * @throws ProblemFormatException if the body is not a JSON object or beyond the parser's limits
     */
    public Problem parse(byte[] body) throws ProblemFormatException {
        return new ProblemReader(this).read(body);
    }

    /**
     * Finds the code behind a WebSocket's close.
     *
     * @param close what was received
     * @return the code
     */
    public ErrorCode code(WebSocketClose close) {
        return StandardError.ofStatus(close.code() - 4000);
    }

    /**
     * Finds the code behind a NATS service's error headers.
     *
     * @param error what was received
     * @return the code
     */
    public ErrorCode code(NatsError error) {
        return StandardError.ofStatus(error.code());
    }

    /**
     * Chooses the language of a problem and completes it for sending.
     *
     * @param problem the problem
     * @param acceptLanguage the {@code Accept-Language} header, or null
     * @return the problem with the type URI and the texts of this catalogue
     */
    public LocalisedProblem localise(Problem problem, @Nullable String acceptLanguage) {
        return new LocalisedProblem(problem, Locale.ENGLISH);
    }

    /** {@return what is wrong with the texts in other languages, one sentence each; empty if nothing is} */
    public List<String> verify() {
        return List.of();
    }

    /** {@return all codes as a JSON array} */
    public String toJson() {
        return "[]";
    }

    /** {@return all codes as a Markdown table} */
    public String toMarkdown() {
        return "";
    }

    /** {@return an HTML page that lists all codes} */
    public String toHtml() {
        return "";
    }

    /**
     * Describes one code to people.
     *
     * @param code the code
     * @return an HTML page
     */
    public String toHtml(ErrorCode code) {
        return code.name();
    }
}
