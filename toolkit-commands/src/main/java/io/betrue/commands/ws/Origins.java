package io.betrue.commands.ws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From whose pages (RFC 6454) a browser may connect. Programs that are no browser say no origin, and may always.
 *
 * @param allowed origins beside the server's own, as a browser writes them
 * @param any whether every page may
 */
record Origins(Set<String> allowed, boolean any) {
    /** {@return the origin as a browser writes it} */
    static String checked(String origin) {
        URI uri = uri(origin);
        if (uri == null || !isBare(uri)) {
            throw new IllegalArgumentException(
                    "origin must look like https://app.example.com, without a path, was \"" + origin + "\"");
        }
        return canonical(uri);
    }

    private static boolean isBare(URI uri) {
        return uri.getRawUserInfo() == null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private static @Nullable URI uri(String origin) {
        try {
            URI uri = new URI(origin);
            return uri.getScheme() == null || uri.getHost() == null ? null : uri;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String canonical(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return scheme + "://" + authority(scheme, uri.getRawAuthority());
    }

    private static String authority(String scheme, String hostAndPort) {
        String defaultPort = scheme.equals("https") ? ":443" : ":80";
        String lower = hostAndPort.toLowerCase(Locale.ROOT);
        return lower.endsWith(defaultPort) ? lower.substring(0, lower.length() - defaultPort.length()) : lower;
    }

    /**
     * {@return whether a connection may be opened}
     *
     * @param origin the header {@code Origin}, or null
     * @param host what the client calls this server; its scheme is not looked at, since a proxy before it may have ended TLS
     */
    boolean allow(@Nullable String origin, @Nullable String host) {
        if (origin == null || any) {
            return true;
        }
        URI uri = uri(origin);
        if (uri == null) {
            return false;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return allowed.contains(canonical(uri))
                || (host != null && authority(scheme, uri.getRawAuthority()).equals(authority(scheme, host)));
    }
}
