package io.betrue.jobs.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What a process calls itself. */
final class HostName {
    private HostName() {}

    /** {@return host and process; found out once, since a name server may be slow} */
    static String withProcess() {
        return Known.NAME;
    }

    private static final class Known {
        static final String NAME = find() + ':' + ProcessHandle.current().pid();

        private static String find() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }
}
