package io.betrue.jobs.nats;

/** What it means that a message came. */
enum Arrival {
    /** Somebody waits for it. */
    EXPECTED,
    /** Somebody should be told. */
    NEWS,
    /** There is no free slot. */
    TOO_MANY
}
