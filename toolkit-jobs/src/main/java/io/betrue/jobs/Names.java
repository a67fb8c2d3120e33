package io.betrue.jobs;

import java.util.regex.Pattern;

/** What names of types, queues, schedules and tags may look like: they stand in URLs, metric labels and channels. */
final class Names {
    static final int LONGEST = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*");

    private Names() {}

    static String check(String what, String name) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " must be 1 to " + LONGEST
                    + " letters, digits and . _ : / - after a letter or digit, was \"" + name + '"');
        }
        return name;
    }
}
