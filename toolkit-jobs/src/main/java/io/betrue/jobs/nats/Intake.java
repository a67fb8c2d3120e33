package io.betrue.jobs.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the server delivers of one queue: for each band of priorities, what was asked for and has not come, and what has come and nobody has claimed. Asks
 * for no more than there are free slots: a job that lies here is nobody else's. Safe for use by multiple threads.
 *
 * <p>Pulls that end at once when there is nothing cost the server a look through all subjects of the stream, so they are sent only to bands of which
 * nothing is known; other pulls stay until they are served.
 */
final class Intake {
    private static final Duration STANDING = Duration.ofSeconds(10);
    private static final long OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_FILLING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MOST_STANDING = 8;

    final String queue;
    private final Wire wire;
    private final Names names;
    private final Duration standing;
    private final List<Band> bands = new ArrayList<>();
    private int room; // what the engine last had, less what it was given since
    private int waiting; // what has arrived and is not claimed
    private @Nullable Band filling; // whose stock is being taken

    Intake(String queue, Wire wire, Names names, Duration lease) {
        this.queue = queue;
        this.wire = wire;
        this.names = names;
        this.standing = lease.dividedBy(3).compareTo(STANDING) < 0 ? lease.dividedBy(3) : STANDING;
        for (Names.Band band : Names.Band.values()) {
            bands.add(new Band(band, wire.connection.createInbox()));
        }
    }

    /** What is known of a band. */
    private enum Stock {
        UNKNOWN,
        NOTHING,
        MORE
    }

    /** One consumer. Guarded by the intake. */
    final class Band {
        final Names.Band band;
        final String inbox;
        private final ArrayDeque<Delivery> arrived = new ArrayDeque<>();
        private Stock stock = Stock.UNKNOWN;
        private int asked; // by pulls that stay
        private long askedSince; // the oldest of them
        private long askedUntil;
        private int probed; // what a pull that does not stay still has to bring, while somebody waits for its end
        private long probedSince;

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

    /** {@return when the oldest pull was sent by which a message may have come} */
    synchronized long askedSince(Band band, boolean stays) {
        return stays ? band.askedSince : band.probedSince;
    }

    /**
     * Takes in a message, or learns that one came which nobody may have.
     *
     * @param delivery the message, or {@code null} when nobody may have it
     * @param pending how many more the consumer has
     * @param stays by which kind of pull it came
     * @return whether there is a free slot for it, and nobody waits for it here
     */
    synchronized Arrival arrived(Band band, @Nullable Delivery delivery, long pending, boolean stays) {
        boolean awaited = band.probed > 0 || filling == band;
        if (stays && band.asked > 0) {
            band.asked--;
        } else if (!stays && band.probed > 0) {
            band.probed--;
        }
        if (delivery == null) {
            notifyAll();
            return Arrival.EXPECTED;
        }
        band.stock = pending > 0 ? Stock.MORE : Stock.NOTHING;
        band.arrived.add(delivery);
        waiting++;
        if (awaited && ((band.asked == 0 && band.probed == 0) || pending == 0)) {
            notifyAll();
        }
        if (waiting > room && room <= 0) {
            band.stock = Stock.MORE;
            return Arrival.TOO_MANY;
        }
        return awaited ? Arrival.EXPECTED : Arrival.NEWS;
    }

    /**
     * The server says that a pull is over.
     *
     * @param left how many it had still been asked for by that pull
     */
    synchronized void over(Band band, boolean stays, int left) {
        if (stays) {
            band.asked = Math.max(0, band.asked - left);
        } else {
            band.stock = Stock.NOTHING;
            band.probed = 0;
        }
        notifyAll();
    }

    /** The connection was away: the server has forgotten all pulls. */
    synchronized void forgotten() {
        for (Band band : bands) {
            band.asked = 0;
            band.probed = 0;
            band.stock = Stock.UNKNOWN;
        }
        notifyAll();
    }

    /**
     * Has the server forget the pulls of subscriptions that are closed, as it does when it counts them. Where only such wait, nats-server 2.9 hands out a job
     * that was given back as if it had never been delivered.
     */
    void forget() {
        bands.forEach(band -> wire.api(info(band), null));
    }

    private String info(Band band) {
        return "CONSUMER.INFO." + names.work + '.' + names.consumer(queue, band.band);
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

    /** {@return whether there are jobs that were not asked for} */
    synchronized boolean hasMore() {
        return bands.stream().anyMatch(band -> band.stock == Stock.MORE);
    }

    /** Asks a band for jobs unless it is known to have none, and waits until they have come. */
    void pull(Band band, int most) throws InterruptedException {
        Stock stock;
        synchronized (this) {
            stock = band.stock;
        }
        if (stock == Stock.UNKNOWN) {
            probe(band, most);
        } else if (stock == Stock.MORE) {
            fill(band, most);
        }
    }

    /**
     * Makes sure that what a band has is here. Where a pull stands, what there is comes by that; a pull that must end at once would be kept behind it.
     */
    void probe(Band band, int most) throws InterruptedException {
        long sent = System.nanoTime();
        boolean stands;
        synchronized (this) {
            stands = band.asked > 0;
            band.probed = stands ? 0 : most;
            band.probedSince = stands ? band.probedSince : sent;
        }
        if (stands) {
            awaitPending(band, sent);
            return;
        }
        send(band, "n", "{\"batch\":" + most + ",\"no_wait\":true}");
        synchronized (this) {
            long end = sent + LONGEST_ANSWER_NANOS;
            while (band.probed > 0 && System.nanoTime() - end < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, end - System.nanoTime()));
            }
            band.probed = 0;
        }
    }

    /** Waits for what the server has not handed out yet. */
    private void awaitPending(Band band, long since) throws InterruptedException {
        long pending = wire.api(info(band), null).path("num_pending").asLong();
        synchronized (this) {
            long end = since + LONGEST_FILLING_NANOS;
            filling = band;
            while (pending > 0 && band.asked > 0 && band.arrived.isEmpty() && System.nanoTime() - end < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, end - System.nanoTime()));
            }
            filling = null;
        }
    }

    /** Asks a band that has jobs for more of them, and waits a moment until they have come. */
    private void fill(Band band, int most) throws InterruptedException {
        long now = System.nanoTime();
        int more;
        synchronized (this) {
            more = Math.max(
                    1, most - bands.stream().mapToInt(other -> other.asked).sum());
            ask(band, more, now);
            filling = band;
        }
        send(band, "s", standing(more));
        synchronized (this) {
            long end = now + LONGEST_FILLING_NANOS;
            while (band.asked > 0 && band.stock == Stock.MORE && System.nanoTime() - end < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, end - System.nanoTime()));
            }
            filling = null;
        }
    }

    private void ask(Band band, int most, long now) {
        if (band.asked == 0) {
            band.askedSince = now;
        }
        band.asked += most;
        band.askedUntil = now + standing.toNanos();
    }

    private String standing(int batch) {
        return "{\"batch\":" + batch + ",\"expires\":" + standing.toNanos() + '}';
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
                if (band.asked == 0 && band.stock == Stock.NOTHING && room > 0) {
                    boolean normal = band.band == Names.Band.NORMAL;
                    int batch = normal ? Math.max(1, Math.min(MOST_STANDING, free - 2)) : 1;
                    ask(band, batch, now);
                    free -= batch;
                    sending.add(() -> send(band, "s", standing(batch)));
                }
            }
        }
        sending.forEach(Runnable::run);
    }

    private void send(Band band, String kind, String request) {
        wire.tell(
                "$JS.API.CONSUMER.MSG.NEXT." + names.work + '.' + names.consumer(queue, band.band),
                band.inbox + '.' + kind,
                request.getBytes(StandardCharsets.US_ASCII));
    }
}
