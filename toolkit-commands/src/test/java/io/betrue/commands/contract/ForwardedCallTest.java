package io.betrue.commands.contract;

import io.betrue.commands.Commands;
import io.betrue.commands.Target;

/** Calls that one process forwards to another, as a gateway does. */
class ForwardedCallTest extends CallContract {
    @Override
    protected Way open(Commands commands) {
        Commands gateway = Commands.of(c -> c.forward("*", commands));
        return new Way() {
            @Override
            public Target target() {
                return gateway;
            }

            @Override
            public void close() {
                gateway.close();
                commands.close();
            }
        };
    }
}
