package io.betrue.examples.loadclient;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** The server that requests go to. Load on a machine of somebody else's is made only on demand. */
final class Target {
    private Target() {}

    /**
     * {@return the base address, without a slash at its end}
     *
     * @param allowRemote whether an address outside this machine is accepted
     * @throws IllegalArgumentException if this is no http or https address of a host, or the host is not this machine and
     *     {@code allowRemote} is false
     */
    static URI of(String url, boolean allowRemote) {
        URI uri = parse(url);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("\"" + url + "\" is not an address such as http://127.0.0.1:8080");
        }
        if (!allowRemote && !isLoopback(uri.getHost())) {
            throw new IllegalArgumentException("\"" + url + "\" is not on this machine; --allow-remote permits it");
        }
        return URI.create(url.replaceAll("/+$", ""));
    }

    /** {@return all of them, as {@link #of(String, boolean)} has each} */
    static List<URI> all(List<String> urls, boolean allowRemote) {
        return urls.stream().map(url -> of(url, allowRemote)).toList();
    }

    private static URI parse(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + url + "\" is not an address such as http://127.0.0.1:8080", e);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("host \"" + host + "\" is unknown", e);
        }
    }
}
