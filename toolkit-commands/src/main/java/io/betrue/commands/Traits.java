package io.betrue.commands;

import io.betrue.errors.ErrorCode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be said of a command beyond its code, its input and its output. */
record Traits(
        String description,
        int version,
        Set<Flag> flags,
        Set<String> roles,
        @Nullable Duration timeout,
        List<ErrorCode> problems) {
    static final Traits NONE = new Traits("", 1, Set.of(), Set.of(), null, List.of());

    /** What is either so or not. */
    enum Flag {
        INTERNAL,
        IDEMPOTENT,
        OPEN,
        TAKES_KEY,
        TAKES_CONTENT,
        GIVES_CONTENT
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    Traits with(Flag flag) {
        EnumSet<Flag> more = EnumSet.of(flag);
        more.addAll(flags);
        return new Traits(description, version, Set.copyOf(more), roles, timeout, problems);
    }

    Traits description(String text) {
        return new Traits(text, version, flags, roles, timeout, problems);
    }

    Traits version(int number) {
        return new Traits(description, number, flags, roles, timeout, problems);
    }

    Traits roles(Set<String> anyOf) {
        return new Traits(description, version, flags, anyOf, timeout, problems);
    }

    Traits timeout(Duration limit) {
        return new Traits(description, version, flags, roles, limit, problems);
    }

    Traits problems(List<ErrorCode> codes) {
        return new Traits(description, version, flags, roles, timeout, codes);
    }
}
