package io.betrue.examples.loadclient;

import java.util.List;

/** Checks the double entry in the application's own database. */
final class DoubleEntry {
    private DoubleEntry() {}

    static List<Property> check(String databaseUrl) {
        throw new LoadException("not yet " + databaseUrl);
    }
}
