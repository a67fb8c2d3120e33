package io.betrue.commands;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What {@code _app/getCommands} gives: the commands that the caller can call.
 *
 * @param commands the commands, sorted by address; codes that begin with an underscore are left out
 */
public record CommandList(List<Item> commands) {
    /** The command that every application has: {@code _app/getCommands}. */
    public static final CommandType<Nothing, CommandList> TYPE = CommandType.of(
                    "_app/getCommands", Nothing.class, CommandList.class)
            .description("Lists the commands")
            .open()
            .idempotent();

    /**
     * One command.
     *
     * @param code the code: {@code ledger/deposit}
     * @param version the version, from 1
     * @param address what it is called by
     * @param description what it does; perhaps empty
     * @param open whether strangers may call it
     * @param internal whether only other services may call it
     * @param idempotent whether it may be tried again
     */
    public record Item(
            String code,
            int version,
            String address,
            String description,
            boolean open,
            boolean internal,
            boolean idempotent) {
        static Item of(CommandType<?, ?> type) {
            return new Item(
                    type.code(),
                    type.version(),
                    type.address(),
                    type.description(),
                    type.isOpen(),
                    type.isInternal(),
                    type.isIdempotent());
        }
    }

    /**
     * Copies the list.
     *
     * @param commands the commands
     */
    public CommandList {
        commands = List.copyOf(commands);
    }

    static CommandList of(Collection<CommandType<?, ?>> types, CommandContext context) {
        return new CommandList(types.stream()
                .filter(type -> !type.code().startsWith("_"))
                .filter(type -> !type.isInternal() || !context.isExternal())
                .map(Item::of)
                .sorted(Comparator.comparing(Item::address))
                .toList());
    }
}
