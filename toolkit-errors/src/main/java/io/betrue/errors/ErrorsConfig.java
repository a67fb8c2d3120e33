package io.betrue.errors;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen about {@link ErrorsPlugin}.
 *
 * <p>It is used while the plugin is built and then forgotten. Not safe for use by multiple threads.
 */
public final class ErrorsConfig {
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private ErrorCatalogue catalogue = ErrorCatalogue.of();
    private boolean ownTypes;
    private @Nullable String pages = "/errors";
    private Duration retryAfter = Duration.ofSeconds(5);
    private String challenge = "Bearer";
    private @Nullable String traceHeader;
    private UnreadLimit unread = new UnreadLimit(16L << 20, Duration.ofSeconds(5));

    ErrorsConfig() {}

    /**
     * Adds the application's codes to the standard ones.
     *
     * @param codes the codes, usually {@code ShopError.values()}
     * @return this configuration
     * @throws IllegalArgumentException if a code is malformed or defined twice
     */
    public ErrorsConfig catalogue(ErrorCode... codes) {
        catalogue = catalogue.and(codes);
        return this;
    }

    /**
     * Sets a catalogue that was made elsewhere, with its own languages and type URIs, in place of the one so far.
     *
     * @param whole the catalogue; its type URIs are left as they are, wherever the pages of this application are
     * @return this configuration
     */
    public ErrorsConfig catalogue(ErrorCatalogue whole) {
        catalogue = Objects.requireNonNull(whole);
        ownTypes = true;
        return this;
    }

    /**
     * Sets where the pages of the codes are, below the application's context path; the default is {@code /errors}.
     *
     * @param path a path such as {@code /docs/errors}, without a slash at its end
     * @return this configuration
     * @throws IllegalArgumentException if it is not such a path
     */
    public ErrorsConfig pagesAt(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("path of the error pages \"" + path
                    + "\" must look like /errors: a slash, then letters, digits or ._~-");
        }
        pages = path;
        return this;
    }

    /**
     * Serves no pages of the codes.
     *
     * @return this configuration
     */
    public ErrorsConfig withoutPages() {
        pages = null;
        return this;
    }

    /**
     * Sets the {@code Retry-After} of a 429 or 503 whose problem names none; the default is 5 seconds.
     *
     * @param wait zero to 366 days; rounded up to whole seconds
     * @return this configuration
     * @throws IllegalArgumentException if the wait is out of range
     */
    public ErrorsConfig retryAfter(Duration wait) {
        if (!ProblemMembers.isWait(wait)) {
            throw new IllegalArgumentException("default Retry-After must be 0..366 days, was " + wait);
        }
        retryAfter = wait;
        return this;
    }

    /**
     * Sets the {@code WWW-Authenticate} of a 401 that has none yet; the default is {@code Bearer}.
     *
     * @param scheme a challenge (RFC 9110, section 11.6.1), visible ASCII and spaces
     * @return this configuration
     * @throws IllegalArgumentException if it is empty or has other characters
     */
    public ErrorsConfig challenge(String scheme) {
        if (scheme.isBlank() || !scheme.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("challenge must be visible ASCII such as Bearer realm=\"shop\", had "
                    + scheme.length() + " characters");
        }
        challenge = scheme;
        return this;
    }

    /**
     * Adds the trace id to every response as a header; by default it is only in the problem.
     *
     * @param name the header's name, as in {@code X-Trace-Id}
     * @return this configuration
     * @throws IllegalArgumentException if it is not a header's name
     */
    public ErrorsConfig traceHeader(String name) {
        if (!HEADER.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "trace header \"" + name + "\" must have 1..100 letters, digits or dashes, as in X-Trace-Id");
        }
        traceHeader = name;
        return this;
    }

    /**
     * Sets how much of a request's body that nobody has read is read and thrown away after the answer; the default is 16 MiB within 5 seconds.
     * A connection that is closed while its client still sends is reset, and the client may lose the answer (RFC 9112, section 9.6): a
     * 413 that was decided by the length alone, or a 401. No thread is held meanwhile, and the connection can be used again when the body ends in
     * time. It is for HTTP/1.0 and HTTP/1.1, and for whatever the server answers, errors or not.
     *
     * @param bytes 0 to 1 GiB; with zero such connections are closed at once
     * @param wait 0 to 60 seconds from the answer to the end of the body; with zero such connections are closed at once
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public ErrorsConfig discardUnread(long bytes, Duration wait) {
        unread = new UnreadLimit(bytes, wait);
        return this;
    }

    ErrorsSettings settings() {
        return new ErrorsSettings(catalogue, ownTypes, pages, retryAfter, challenge, traceHeader, unread);
    }
}
