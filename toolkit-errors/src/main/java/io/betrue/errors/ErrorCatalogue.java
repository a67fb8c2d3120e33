package io.betrue.errors;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All error codes of one application: the standard ones and its own.
 *
 * <p>Immutable and safe for use by multiple threads; the methods that change something return a copy.
 */
public final class ErrorCatalogue {
    /** Where the pages of the codes are unless an application says otherwise. */
    static final String DEFAULT_TYPE_BASE = "/errors/";

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{1,61}[A-Z0-9]");
    private static final Pattern LEADING_NAME =
            Pattern.compile("([A-Z][A-Z0-9_]{1,61}[A-Z0-9])(?:: .*|)", Pattern.DOTALL);

    private final Map<String, ErrorCode> codes;
    private final Map<String, URI> types;
    private final String typeBase;
    private final Messages messages;

    private ErrorCatalogue(Map<String, ErrorCode> codes, String typeBase, Messages messages) {
        this.codes = Collections.unmodifiableMap(codes);
        this.typeBase = typeBase;
        this.messages = messages;
        this.types = new LinkedHashMap<>();
        codes.keySet().forEach(name -> types.put(name, URI.create(typeBase + name)));
    }

    /**
     * Makes a catalogue of the {@link StandardError} codes and an application's own, in English and, for the standard codes, Russian.
     *
     * @param codes the application's codes, usually {@code ShopError.values()}
     * @return the catalogue
     * @throws IllegalArgumentException if a code is not 3 to 63 capital letters, digits and underscores, or is defined twice
     */
    public static ErrorCatalogue of(ErrorCode... codes) {
        ErrorCatalogue none = new ErrorCatalogue(Map.of(), DEFAULT_TYPE_BASE, Messages.standard());
        return none.and(StandardError.values()).and(codes);
    }

    /**
     * Adds the codes of another part of the application.
     *
     * @param more the codes
     * @return a copy that has them too
     * @throws IllegalArgumentException if a code is malformed, or defined twice: then the message names both
     */
    public ErrorCatalogue and(ErrorCode... more) {
        Map<String, ErrorCode> all = new LinkedHashMap<>(codes);
        for (ErrorCode code : more) {
            if (!NAME.matcher(code.name()).matches()) {
                throw new IllegalArgumentException("error code " + origin(code)
                        + " must be 3..63 capital letters, digits and underscores, starting with a letter");
            }
            ErrorCode earlier = all.putIfAbsent(code.name(), code);
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "error code " + code.name() + " is defined twice: by " + origin(earlier) + " and by "
                                + origin(code) + "; rename one, since clients know codes by name only");
            }
        }
        return new ErrorCatalogue(all, typeBase, messages);
    }

    private static String origin(ErrorCode code) {
        Class<?> type = code instanceof Enum<?> constant ? constant.getDeclaringClass() : code.getClass();
        return type.getName() + "." + code.name();
    }

    /**
     * Sets where the pages of the codes are. RFC 9457 recommends an absolute URI, since a relative one means nothing to who has only the body.
     *
     * @param base an absolute http or https URI, or an absolute path, that ends in a slash; the default is {@code /errors/}
     * @return a copy whose type URIs are the base followed by the code
     * @throws IllegalArgumentException if the base is neither, or has a query or fragment
     */
    public ErrorCatalogue typeBase(URI base) {
        String text = base.toString();
        boolean absolute = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        boolean path = base.getScheme() == null && base.getRawAuthority() == null && text.startsWith("/");
        if ((!absolute && !path)
                || !text.endsWith("/")
                || base.getRawQuery() != null
                || base.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "type base must be an http or https URI or an absolute path, ending in '/': \"" + base + "\"");
        }
        return new ErrorCatalogue(codes, text, messages);
    }

    /**
     * Adds texts in other languages, or replaces English ones, from resource bundles: {@code base_tag.properties} in UTF-8 on the class path, with keys
     * {@code CODE.title}, {@code CODE.detail} and {@code field.CODE}. A later file wins over an earlier one.
     *
     * <p>A field error's detail is translated if it is absent, or equal to the English text of its code, or if there is no such text: then it is
     * taken for one. {@code field.CODE.value} is the word for a value that stands in the text of a field error.
     *
     * @param base the bundles' base name, as in {@code com.acme.shop.errors}; in a named module its package must be open to all
     * @param languages the languages that there are files for
     * @return a copy that speaks them
     * @throws IllegalArgumentException if a file is missing or cannot be read
     */
    public ErrorCatalogue messages(String base, Locale... languages) {
        return new ErrorCatalogue(codes, typeBase, messages.and(base, languages));
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
        URI known = types.get(code.name());
        return known == null ? URI.create(typeBase + code.name()) : known;
    }

    /**
     * Reads a problem that another process wrote: ours, or any other RFC 9457 body.
     *
     * <p>A {@code code} that this catalogue lacks is kept under its name. A body without one gets the standard code of its status, and
     * {@code about:blank} if it has no type. Members of the wrong JSON type are left out.
     *
     * @param body the bytes of an {@code application/problem+json} body, at most 1 MiB
     * @return the problem; its code is this catalogue's own constant where the name is known
     * @throws ProblemFormatException if the body is not a JSON object or beyond the limits
     */
    public Problem parse(byte[] body) throws ProblemFormatException {
        return ProblemReader.read(this, body, 0);
    }

    /**
     * Makes a problem of any failed response, also one whose body is an HTML page or nothing, so that a client has one way to fail.
     *
     * @param status the status of the response; it counts where the body does not say one
     * @param body the body, perhaps not a problem
     * @return the problem in the body, or one of the standard code for the status
     */
    public Problem ofResponse(int status, byte[] body) {
        try {
            return ProblemReader.read(this, body, status);
        } catch (ProblemFormatException notAProblem) {
            StandardError code = StandardError.ofStatus(status);
            return code.problem()
                    .status(
                            status >= 400 && status <= 599
                                    ? status
                                    : code.definition().status())
                    .build();
        }
    }

    /**
     * Finds the code behind a WebSocket's close: by the name at the start of the reason, else the first code with that close code, else by what RFC 6455
     * says of it, else INTERNAL.
     *
     * @param close what was received
     * @return the code
     */
    public ErrorCode code(WebSocketClose close) {
        ErrorDefinition guess = byCloseCode(close.code()).definition();
        return byReason(close.reason(), guess, byCloseCode(close.code()));
    }

    private ErrorCode byCloseCode(int closeCode) {
        for (ErrorCode code : codes.values()) {
            if (code.definition().webSocketClose() == closeCode) {
                return code;
            }
        }
        return switch (closeCode) {
            case 1002, 1003, 1007 -> StandardError.BAD_REQUEST;
            case 1008 -> StandardError.FORBIDDEN;
            case 1001, 1006, 1012 -> StandardError.UNAVAILABLE;
            case 1014 -> StandardError.BAD_GATEWAY;
            default -> StandardError.ofStatus(closeCode - 4000);
        };
    }

    /**
     * Finds the code behind a NATS service's error headers: by the name at the start of the text, else the first code with that number, else the
     * standard code of that status.
     *
     * @param error what was received
     * @return the code
     */
    public ErrorCode code(NatsError error) {
        for (ErrorCode code : codes.values()) {
            if (code.definition().natsCode() == error.code()) {
                return byReason(error.text(), code.definition(), code);
            }
        }
        StandardError standard = StandardError.ofStatus(error.code());
        return byReason(error.text(), standard.definition(), standard);
    }

    private ErrorCode byReason(String reason, ErrorDefinition guess, ErrorCode otherwise) {
        Matcher matcher = LEADING_NAME.matcher(reason);
        if (!matcher.matches()) {
            return otherwise;
        }
        String name = matcher.group(1);
        return find(name).orElseGet(() -> new ForeignCode(name, guess));
    }

    /**
     * Chooses the language of a problem (RFC 4647 lookup) and completes it for sending.
     *
     * <p>Only texts that are the code's own are translated; a problem's detail that was written for the occurrence stays as it is. A code without a text in any wanted
     * language, and a header that is malformed or longer than 1,000 characters, give English. The code never changes.
     *
     * @param problem the problem
     * @param acceptLanguage the {@code Accept-Language} header, or null
     * @return the problem with the type URI and the texts of this catalogue
     */
    public LocalisedProblem localise(Problem problem, @Nullable String acceptLanguage) {
        Locale language = messages.choose(problem.code(), acceptLanguage);
        ProblemMembers members = problem.members();
        if (members.type == null) {
            members.type = type(problem.code());
        }
        messages.translate(members, language);
        return new LocalisedProblem(new Problem(members), language);
    }

    /**
     * Checks the texts in other languages; call it from a test, and expect the list to be empty.
     *
     * @return every code that a language misses, every text whose parameters differ from the English ones and every key that belongs to no code, one sentence
     *     each
     */
    public List<String> verify() {
        return messages.verify(codes.values());
    }

    /** {@return all codes as a JSON array, for tools} */
    public String toJson() {
        return new String(ProblemWriter.write(CatalogueTexts.json(this), true), StandardCharsets.UTF_8) + "\n";
    }

    /** {@return all codes as a Markdown table, for people} */
    public String toMarkdown() {
        return CatalogueTexts.markdown(this);
    }

    /** {@return an HTML page that lists all codes} */
    public String toHtml() {
        return CatalogueTexts.index(this);
    }

    /**
     * Describes one code to people; this is what its type URI should lead to.
     *
     * @param code the code
     * @return an HTML page without scripts or outside resources
     */
    public String toHtml(ErrorCode code) {
        return CatalogueTexts.page(this, code);
    }
}
