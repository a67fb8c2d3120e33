package io.betrue.config;

/**
 * A host and a port, written {@code host:port} or {@code [::1]:port}.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port the port, 1 to 65535
 */
public record HostPort(String host, int port) {
    /**
     * Checks both parts.
     *
     * @param host a name, an IPv4 address, or an IPv6 address without brackets
     * @param port the port, 1 to 65535
     * @throws IllegalArgumentException if the host is blank or the port is not in 1..65535
     */
    public HostPort {
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host of a host:port must not be blank");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1..65535, was " + port);
        }
    }

    /** {@return both parts with a colon between them, an IPv6 address in brackets} */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
