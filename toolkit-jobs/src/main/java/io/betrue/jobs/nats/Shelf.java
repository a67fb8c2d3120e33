package io.betrue.jobs.nats;

import java.util.ArrayDeque;

/** What an intake knows of one consumer, and what has come from it. Guarded by the intake. */
final class Shelf {
    /** As few as the server counts in no time. */
    private static final long MANY = 1_000;

    /** What is known of the jobs that were not asked for. */
    enum Stock {
        UNKNOWN,
        NOTHING,
        MORE
    }

    final Intake intake;
    final Names.Band band;
    final String inbox;
    final ArrayDeque<Delivery> arrived = new ArrayDeque<>();
    Stock stock = Stock.UNKNOWN;
    long pending; // by the last message
    int asked; // by pulls that stay
    long askedSince; // the oldest of them
    long askedUntil;
    int probed; // what a pull that does not stay still has to bring, while somebody waits for its end
    long probedSince;
    boolean told = true; // whether that pull is surely over

    Shelf(Intake intake, Names.Band band, String inbox) {
        this.intake = intake;
        this.band = band;
        this.inbox = inbox;
    }

    boolean hasManyComing() {
        return asked > 0 && stock == Stock.MORE && pending > MANY;
    }

    void ask(int most, long now, long until) {
        if (asked == 0) {
            askedSince = now;
        }
        asked += most;
        askedUntil = until;
    }
}
