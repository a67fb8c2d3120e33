package io.betrue.jobs.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** How the consumers of a queue are asked for jobs. Safe for use by multiple threads. */
final class Pulls {
    /** How long the server looks for jobs that it would have at once. */
    static final Duration SOUNDING = Duration.ofMillis(5);

    /** Answers come by this kind when they are awaited, else by the other. */
    static final String AWAITED = "n";

    static final String STAYING = "s";
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** How long a pull stays with the server. */
    final Duration staying;

    private final Wire wire;
    private final Names names;
    private final String queue;

    Pulls(String queue, Wire wire, Names names, Duration lease) {
        this.queue = queue;
        this.wire = wire;
        this.names = names;
        this.staying = lease.dividedBy(3).compareTo(LONGEST) < 0 ? lease.dividedBy(3) : LONGEST;
    }

    String newInbox() {
        return wire.connection.createInbox();
    }

    /** Asks for what is there, and for an answer when there is nothing; costs nats-server 2.9 a look through all subjects of the stream. */
    void probe(Shelf band, int most) {
        send(band, AWAITED, "{\"batch\":" + most + ",\"no_wait\":true}");
    }

    /** Asks for what comes at once. The end is not always told. */
    void sound(Shelf band, int most) {
        send(band, AWAITED, expiring(most, SOUNDING));
    }

    /** Asks for what is there and what comes. */
    void stay(Shelf band, int most) {
        send(band, STAYING, expiring(most, staying));
    }

    private static String expiring(int most, Duration time) {
        return "{\"batch\":" + most + ",\"expires\":" + time.toNanos() + '}';
    }

    private void send(Shelf band, String kind, String request) {
        wire.tell(
                "$JS.API.CONSUMER.MSG.NEXT." + consumer(band),
                band.inbox + '.' + kind,
                request.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * {@return how many jobs a consumer has not handed out} It costs nats-server 2.9 a look through all subjects of the stream, and has it forget the pulls of
     * subscriptions that are closed.
     */
    long pending(Shelf band) {
        return wire.api("CONSUMER.INFO." + consumer(band), null)
                .path("num_pending")
                .asLong();
    }

    private String consumer(Shelf band) {
        return names.work + '.' + names.consumer(queue, band.band);
    }
}
