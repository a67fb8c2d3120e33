package io.betrue.jobs.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a process calls itself. */
final class HostName {
    private HostName() {}

    static String withProcess() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        return host + ':' + ProcessHandle.current().pid();
    }
}
