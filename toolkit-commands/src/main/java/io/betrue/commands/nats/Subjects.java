package io.betrue.commands.nats;

import java.util.regex.Pattern;

/** Which subject a command is called on: {@code ledger/deposit.v2} on {@code cmd.ledger.deposit.v2}; no segment of a code looks like a version, so no two share one. */
final class Subjects {
    static final String DEFAULT_PREFIX = "cmd";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{1,50}(\\.[A-Za-z0-9_-]{1,50}){0,4}");

    private final String prefix;

    Subjects(String prefix) {
        this.prefix = prefix + ".";
    }

    static String checked(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix of subjects \"" + prefix
                    + "\" must be 1..5 tokens of letters, digits, _ and -, with dots between them");
        }
        return prefix;
    }

    String of(String address) {
        return prefix + address.replace('/', '.');
    }

    String below(String group) {
        return group.equals("*") ? prefix + ">" : of(group) + ".>";
    }
}
