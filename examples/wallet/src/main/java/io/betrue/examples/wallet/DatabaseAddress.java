package io.betrue.examples.wallet;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who asks.
 *
 * @param jdbcUrl the address as JDBC wants it
 * @param user the user, or null when the address says it or the server does not ask
 * @param password the password, or null likewise
 */
public record DatabaseAddress(
        String jdbcUrl, @Nullable String user, @Nullable String password) {
    private static final String JDBC = "jdbc:postgresql://";

    /**
     * Reads {@code jdbc:postgresql://host/db} or {@code postgres://user:password@host:5432/db?sslmode=require}.
     *
     * @param text the address
     * @return what JDBC wants
     * @throws IllegalArgumentException if it is neither; the message does not repeat the text, which has a password
     */
    public static DatabaseAddress parse(String text) {
        if (text.startsWith(JDBC)) {
            return new DatabaseAddress(text, null, null);
        }
        if (!text.startsWith("postgres://") && !text.startsWith("postgresql://")) {
            throw new IllegalArgumentException("must start with postgres:// or " + JDBC);
        }
        try {
            URI uri = new URI(text);
            if (uri.getRawAuthority() == null || uri.getHost() == null) {
                throw new IllegalArgumentException("must name a host, as in postgres://user:password@host:5432/db");
            }
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String[] credentials = String.valueOf(uri.getRawUserInfo()).split(":", 2);
            return new DatabaseAddress(
                    JDBC + uri.getHost() + port + uri.getRawPath() + query,
                    uri.getRawUserInfo() == null ? null : decode(credentials[0]),
                    credentials.length < 2 ? null : decode(credentials[1]));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL at position " + e.getIndex()
                    + "; write characters such as @ or # in a password as %40 or %23");
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** {@return the address without user, password and options, for messages} */
    public String shown() {
        return jdbcUrl.replaceFirst("\\?.*", "").replaceFirst("//[^/@]*@", "//");
    }

    @Override
    public String toString() {
        return shown();
    }
}
