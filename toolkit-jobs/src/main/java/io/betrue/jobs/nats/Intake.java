package io.betrue.jobs.nats;

import io.nats.client.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What the server delivers of one queue: for each band of priorities, what was asked for and has not come, and what has come and nobody has claimed. Asks
 * for no more than there are free slots: a job that lies here is nobody else's. Safe for use by multiple threads.
 */
final class Intake {
    private static final Duration STANDING = Duration.ofSeconds(10);
    private static final long OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_ANSWER_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST_STANDING = 8;
    /** While there is much to do nothing stands: so often a band that had nothing is asked again. */
    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    final String queue;
    private final Connection connection;
    private final Names names;
    private final Duration standing;
    private final List<Band> bands = new ArrayList<>();
    private int room; // what the engine last had, less what it was given since
    private int waiting; // what has arrived and is not claimed

    Intake(String queue, Connection connection, Names names, Duration lease) {
        this.queue = queue;
        this.connection = connection;
        this.names = names;
        this.standing = lease.dividedBy(3).compareTo(STANDING) < 0 ? lease.dividedBy(3) : STANDING;
        for (Names.Band band : Names.Band.values()) {
            bands.add(new Band(band, connection.createInbox()));
        }
    }

    /** One consumer. Guarded by the intake. */
    final class Band {
        final Names.Band band;
        final String inbox;
        private final ArrayDeque<Delivery> arrived = new ArrayDeque<>();
        private int asked; // by pulls that stand
        private long askedSince;
        private long askedUntil;
        private int now; // by the pull that is waited for
        private boolean answered = true;
        private long nowSince;
        private boolean mayHaveMore = true;
        private long probed = System.nanoTime() - PROBE_NANOS;

        Band(Names.Band band, String inbox) {
            this.band = band;
            this.inbox = inbox;
        }

        Intake intake() {
            return Intake.this;
        }
    }

    List<Band> bands() {
        return bands;
    }

    /** {@return when the oldest pull was sent by which the next message of a band may come} */
    synchronized long askedSince(Band band) {
        if (band.asked > 0) {
            return band.askedSince;
        }
        return band.nowSince;
    }

    /**
     * Takes in a message.
     *
     * @param pending how many more the consumer has
     * @return whether there is a free slot for it
     */
    synchronized boolean arrived(Band band, Delivery delivery, long pending) {
        // a pull that stands is served before one that came later
        if (band.asked > 0) {
            band.asked--;
        } else if (band.now > 0) {
            band.now--;
        }
        band.mayHaveMore = pending > 0;
        band.arrived.add(delivery);
        waiting++;
        answered(band);
        return waiting <= room;
    }

    /** Wakes whoever waits for a pull, once all has come. */
    private void answered(Band band) {
        if (band.now == 0 && !band.answered) {
            band.answered = true;
            notifyAll();
        }
    }

    /** A message came that nobody may have. */
    synchronized void refused(Band band) {
        if (band.asked > 0) {
            band.asked--;
        } else if (band.now > 0) {
            band.now--;
        }
        answered(band);
    }

    /** {@return whether no slot is free at all} */
    synchronized boolean isFull() {
        return room <= 0;
    }

    /** Somebody has said that a pull is over. */
    synchronized void over(Band band, boolean standingOne) {
        if (standingOne) {
            band.asked = 0;
        } else {
            band.now = 0;
            band.mayHaveMore = false;
            answered(band);
        }
    }

    /** The connection was away: the server has forgotten all pulls. */
    synchronized void forgotten() {
        for (Band band : bands) {
            band.asked = 0;
            band.now = 0;
            band.mayHaveMore = true;
            answered(band);
        }
    }

    /** {@return jobs that have come and are wanted, the most urgent first} */
    synchronized List<Delivery> take(int most, List<Band> order, Predicate<Delivery> wanted) {
        List<Delivery> taken = new ArrayList<>();
        for (Band band : order) {
            Iterator<Delivery> all = band.arrived.iterator();
            while (taken.size() < most && all.hasNext()) {
                Delivery delivery = all.next();
                if (wanted.test(delivery)) {
                    all.remove();
                    taken.add(delivery);
                }
            }
        }
        room -= taken.size();
        waiting -= taken.size();
        return taken;
    }

    /** {@return what has come and is not claimed, which is taken out} */
    synchronized List<Delivery> takeAll() {
        List<Delivery> all = new ArrayList<>();
        bands.forEach(band -> {
            all.addAll(band.arrived);
            band.arrived.clear();
        });
        waiting = 0;
        return all;
    }

    /** {@return all but the first few of what has come and is not claimed, which is taken out} */
    synchronized List<Delivery> takeBeyond(int kept) {
        List<Delivery> beyond = new ArrayList<>();
        for (int i = bands.size() - 1; i >= 0; i--) {
            while (waiting > kept && !bands.get(i).arrived.isEmpty()) {
                beyond.add(bands.get(i).arrived.removeLast());
                waiting--;
            }
        }
        return beyond;
    }

    synchronized boolean remove(Delivery delivery) {
        boolean removed = delivery.from.arrived.remove(delivery);
        waiting -= removed ? 1 : 0;
        return removed;
    }

    /** Learns how many slots are free. */
    synchronized void room(int free) {
        room = free;
    }

    /** {@return how many are asked for by pulls that stand} */
    synchronized int asked() {
        return bands.stream().mapToInt(band -> band.asked).sum();
    }

    /** {@return whether a band is worth asking} */
    synchronized boolean mayHaveMore(Band band) {
        return band.mayHaveMore || (band.asked == 0 && System.nanoTime() - band.probed >= PROBE_NANOS);
    }

    synchronized boolean isAwaited(Band band) {
        return !band.answered;
    }

    /** Asks for what is there now, and waits until it has come. */
    void pullNow(Band band, int most) throws InterruptedException {
        long sent = System.nanoTime();
        synchronized (this) {
            band.now = most;
            band.answered = false;
            band.nowSince = sent;
            band.probed = sent;
        }
        send(band, "n", "{\"batch\":" + most + ",\"no_wait\":true}");
        synchronized (this) {
            long end = sent + LONGEST_ANSWER_NANOS;
            while (!band.answered && System.nanoTime() - end < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, end - System.nanoTime()));
            }
            band.now = 0;
            band.answered = true;
        }
    }

    /** Leaves pulls with the server for what comes next. */
    void stand() {
        List<Runnable> sending = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            bands.stream()
                    .filter(band -> band.asked > 0 && now - band.askedUntil > OVERDUE_NANOS)
                    .forEach(band -> band.asked = 0);
            int free =
                    room - waiting - bands.stream().mapToInt(band -> band.asked).sum();
            for (Band band : List.of(bands.get(1), bands.get(0), bands.get(2))) {
                if (band.asked == 0 && !band.mayHaveMore && room > 0) {
                    int others = band.band == Names.Band.NORMAL ? 2 : 0;
                    int most = Math.max(1, Math.min(MOST_STANDING, free - others));
                    int batch = band.band == Names.Band.NORMAL ? most : 1;
                    band.asked = batch;
                    band.askedSince = now;
                    band.askedUntil = now + standing.toNanos();
                    free -= batch;
                    sending.add(
                            () -> send(band, "s", "{\"batch\":" + batch + ",\"expires\":" + standing.toNanos() + '}'));
                }
            }
        }
        sending.forEach(Runnable::run);
    }

    private void send(Band band, String kind, String request) {
        connection.publish(
                "$JS.API.CONSUMER.MSG.NEXT." + names.work + '.' + names.consumer(queue, band.band),
                band.inbox + '.' + kind,
                request.getBytes(StandardCharsets.US_ASCII));
    }
}
