package io.betrue.jobs.postgres;

import java.time.Duration;

/** What notifications say: a letter, and what it is about. Statements spell them out where they notify. */
final class Words {
    static final String BEAT = "b";

    private Words() {}

    static String queue(String name) {
        return "q" + name;
    }

    static String cancel(long id) {
        return "c" + id;
    }

    /** Tells a worker what was heard. What a later version may say is passed over. */
    static void tell(PostgresSession session, String word) {
        String about = word.isEmpty() ? "" : word.substring(1);
        switch (word.isEmpty() ? ' ' : word.charAt(0)) {
            case 'q' -> {
                if (session.card().queues().contains(about)) {
                    session.listener().jobsWaiting(about);
                }
            }
            case 'c' -> session.listener().cancelled(Long.parseLong(about));
            case 'b' -> session.listener().beatNow();
            case 'd' -> session.due(Duration.ofMillis(Long.parseLong(about)));
            default -> {}
        }
    }
}
