package io.betrue.commands.contract;

import io.betrue.commands.Commands;
import io.betrue.commands.Target;

/** Calls that stay in the process. */
class InProcessCallTest extends CallContract {
    @Override
    protected Way open(Commands commands) {
        return new Way() {
            @Override
            public Target target() {
                return commands;
            }

            @Override
            public void close() {
                commands.close();
            }
        };
    }
}
