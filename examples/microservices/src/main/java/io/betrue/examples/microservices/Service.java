package io.betrue.examples.microservices;

import io.betrue.commands.CommandType;
import io.betrue.examples.accounts.api.AccountsCommands;
import io.betrue.examples.chat.api.ChatCommands;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.ledger.api.LedgerCommands;
import java.util.List;

/**
 * What stands behind the gateway.
 *
 * @param code the group of its commands, and the name that discovery shows
 * @param commands what it can be asked
 */
record Service(String code, List<CommandType<?, ?>> commands) {
    static final List<Service> ALL = List.of(
            new Service("accounts", AccountsCommands.ALL),
            new Service("chat", ChatCommands.ALL),
            new Service("files", FilesCommands.ALL),
            new Service("ledger", LedgerCommands.ALL));

    /** Copies the list. */
    Service {
        commands = List.copyOf(commands);
    }
}
