package io.betrue.jobs.nats;

import io.betrue.jobs.internal.StoreListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the server delivers of one queue: for each band of priorities, what was asked for and has not come, and what has come and nobody has claimed. Asks
 * for no more than there are free slots: a job that lies here is nobody else's. Safe for use by multiple threads.
 *
 * <p>Where jobs are known to be, pulls stay until they are served. A band of which nothing is known is asked for what comes at once. Pulls that are told when
 * there is nothing cost the server a look through all subjects of the stream, so they are left to when nothing came from anywhere.
 */
final class Intake {
    private static final long OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST_ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_FILLING_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_SOUNDING_NANOS = Pulls.SOUNDING.toNanos() * 3;
    private static final int MOST_STANDING = 8;

    final String queue;
    private final Pulls pulls;
    private final List<Shelf> bands = new ArrayList<>();
    private int room; // what the engine last had, less what it was given since
    private int waiting; // what has arrived and is not claimed
    private long lastTaken = System.nanoTime(); // or came while nothing waited
    private @Nullable Shelf filling; // whose stock is being taken
    private boolean starving; // whether somebody waits for the first to come
    private boolean wakes; // whether somebody looks at it after a time
    private long wakesAt;

    Intake(String queue, Wire wire, Names names, Duration lease) {
        this.queue = queue;
        this.pulls = new Pulls(queue, wire, names, lease);
        for (Names.Band band : Names.Band.values()) {
            bands.add(new Shelf(this, band, pulls.newInbox()));
        }
    }

    List<Shelf> bands() {
        return bands;
    }

    /** {@return when the oldest pull was sent by which a message may have come} */
    synchronized long askedSince(Shelf band, boolean stays) {
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
    synchronized Arrival arrived(Shelf band, @Nullable Delivery delivery, long pending, boolean stays) {
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
        band.stock = pending > 0 ? Shelf.Stock.MORE : Shelf.Stock.NOTHING;
        band.pending = pending;
        band.arrived.add(delivery);
        lastTaken = waiting == 0 ? System.nanoTime() : lastTaken;
        waiting++;
        if (starving || (awaited && ((band.asked == 0 && band.probed == 0) || pending == 0))) {
            notifyAll();
        }
        if (waiting > room && room <= 0) {
            band.stock = Shelf.Stock.MORE;
            return Arrival.TOO_MANY;
        }
        return awaited ? Arrival.EXPECTED : Arrival.NEWS;
    }

    /** Learns that a message came which nobody is to be given, and how many more the consumer has. */
    synchronized void passed(Shelf band, long pending, boolean stays) {
        band.stock = pending > 0 ? Shelf.Stock.MORE : Shelf.Stock.NOTHING;
        arrived(band, null, pending, stays);
    }

    /**
     * The server says that a pull is over.
     *
     * @param left how many it had still been asked for by that pull
     * @param none whether it found no job at all
     */
    synchronized void over(Shelf band, boolean stays, int left, boolean none) {
        if (stays) {
            band.asked = Math.max(0, band.asked - left);
        } else {
            band.stock = none || band.stock == Shelf.Stock.UNKNOWN ? Shelf.Stock.NOTHING : band.stock;
            band.probed = 0;
            band.told = true;
        }
        notifyAll();
    }

    /** The connection was away: the server has forgotten all pulls. */
    synchronized void forgotten() {
        for (Shelf band : bands) {
            band.asked = 0;
            band.probed = 0;
            band.stock = Shelf.Stock.UNKNOWN;
        }
        notifyAll();
    }

    /**
     * Has the server forget the pulls of subscriptions that are closed, as it does when it counts them. Where only such wait, nats-server 2.9 hands out a job
     * that was given back as if it had never been delivered.
     */
    void forget() {
        bands.forEach(pulls::pending);
    }

    /** {@return jobs that have come and are wanted, the most urgent first} */
    synchronized List<Delivery> take(int most, List<Shelf> order, Predicate<Delivery> wanted) {
        List<Delivery> taken = new ArrayList<>();
        for (Shelf band : order) {
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
        lastTaken = waiting > 0 && !taken.isEmpty() ? System.nanoTime() : lastTaken;
        return taken;
    }

    /** {@return how many jobs have come and are not claimed} */
    synchronized int waiting() {
        return waiting;
    }

    synchronized boolean anyWaiting(Predicate<Delivery> which) {
        return bands.stream().flatMap(band -> band.arrived.stream()).anyMatch(which);
    }

    /** {@return for how long what has come was of no use} */
    synchronized long untakenNanos() {
        return System.nanoTime() - lastTaken;
    }

    /** Has the queue looked at after a time. */
    void wakeAfter(Duration wait, StoreListener listener) {
        long at = System.nanoTime() + wait.toNanos();
        synchronized (this) {
            if (wakes && wakesAt - at <= 0) {
                return;
            }
            wakes = true;
            wakesAt = at;
        }
        CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS).execute(() -> {
            synchronized (this) {
                wakes &= wakesAt != at;
            }
            listener.jobsWaiting(queue);
        });
    }

    /**
     * {@return all but the first few of what has come and is not claimed, which is taken out}
     *
     * @param kept how many stay
     * @param wanted which are to be asked for again
     */
    synchronized List<Delivery> takeBeyond(int kept, Predicate<Delivery> wanted) {
        List<Delivery> beyond = new ArrayList<>();
        for (int i = bands.size() - 1; i >= 0; i--) {
            while (waiting > kept && !bands.get(i).arrived.isEmpty()) {
                Delivery last = bands.get(i).arrived.removeLast();
                bands.get(i).stock = wanted.test(last) ? Shelf.Stock.MORE : bands.get(i).stock;
                beyond.add(last);
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
        return bands.stream().anyMatch(band -> band.stock == Shelf.Stock.MORE);
    }

    /** Asks a band for jobs unless it is known to have none, and waits until they have come. What does not answer counts as empty until something comes. */
    void pull(Shelf band, int most) throws InterruptedException {
        Shelf.Stock stock;
        synchronized (this) {
            stock = band.stock;
        }
        if (stock == Shelf.Stock.MORE || (stock == Shelf.Stock.UNKNOWN && band.band == Names.Band.NORMAL)) {
            fill(band, most);
        } else if (stock == Shelf.Stock.UNKNOWN) {
            await(band, most, () -> pulls.sound(band, most));
        }
        synchronized (this) {
            band.stock = band.stock == Shelf.Stock.UNKNOWN ? Shelf.Stock.NOTHING : band.stock;
        }
    }

    /**
     * Makes sure that what a band has is here. Where a pull stands, what there is comes by that; a pull that must end at once would be kept behind it.
     */
    void probe(Shelf band, int most) throws InterruptedException {
        long sent = System.nanoTime();
        boolean stands;
        synchronized (this) {
            stands = band.asked > 0;
        }
        if (stands) {
            long pending = pulls.pending(band);
            await(band, sent + LONGEST_FILLING_NANOS, () -> pending > 0 && band.asked > 0 && band.arrived.isEmpty());
        } else {
            await(band, most, () -> pulls.probe(band, most));
        }
    }

    private void await(Shelf band, int most, Runnable sending) throws InterruptedException {
        long sent = System.nanoTime();
        synchronized (this) {
            // what the last one asked for may still be on its way when nobody has told its end
            boolean over = band.told || sent - band.probedSince > LONGEST_ANSWER_NANOS;
            band.probedSince = over ? sent : band.probedSince;
            band.told = false;
            band.probed = most;
        }
        sending.run();
        synchronized (this) {
            await(sent + LONGEST_SOUNDING_NANOS, () -> band.probed > 0);
            // an end that nobody tells is one after some jobs
            await(sent + LONGEST_ANSWER_NANOS, () -> band.probed == most);
            band.told |= band.probed == 0;
            band.probed = 0;
        }
    }

    /** Asks a band that has jobs for more of them, and waits a moment until they have come. */
    private void fill(Shelf band, int most) throws InterruptedException {
        long now = System.nanoTime();
        int more;
        synchronized (this) {
            int asked = bands.stream().mapToInt(other -> other.asked).sum();
            more = Math.max(band.asked > 0 ? 0 : 1, most - asked);
            filling = band; // before it is sent: who fills need not be told of what comes
            if (more > 0) {
                band.ask(more, now, now + pulls.staying.toNanos());
            }
        }
        if (more > 0) {
            pulls.stay(band, more);
        }
        await(band, now + LONGEST_SOUNDING_NANOS, () -> band.asked > 0 && band.stock != Shelf.Stock.NOTHING);
        await(band, now + LONGEST_FILLING_NANOS, () -> band.asked > 0 && band.stock == Shelf.Stock.MORE);
    }

    /** Waits until a time for what comes by a pull that stays. */
    private synchronized void await(Shelf band, long end, BooleanSupplier open) throws InterruptedException {
        filling = band;
        await(end, open);
        filling = null;
    }

    private void await(long end, BooleanSupplier open) throws InterruptedException {
        while (open.getAsBoolean() && System.nanoTime() - end < 0) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, end - System.nanoTime()));
        }
    }

    /** {@return whether many jobs are surely on their way from a server that is slow; waits for the first of them} */
    synchronized boolean awaitMany() throws InterruptedException {
        BooleanSupplier coming = () -> waiting == 0 && bands.stream().anyMatch(Shelf::hasManyComing);
        starving = coming.getAsBoolean();
        boolean many = starving;
        await(System.nanoTime() + LONGEST_ANSWER_NANOS, coming);
        starving = false;
        return many;
    }

    /** Leaves pulls with the server for what comes next; where another band has enough for all slots, too, so that this one gets its turn. */
    void stand() {
        List<Runnable> sending = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            bands.stream()
                    .filter(band -> band.asked > 0 && now - band.askedUntil > OVERDUE_NANOS)
                    .forEach(band -> band.asked = 0);
            int free =
                    room - waiting - bands.stream().mapToInt(band -> band.asked).sum();
            for (Shelf band : List.of(bands.get(1), bands.get(0), bands.get(2))) {
                if (band.asked == 0
                        && band.stock == Shelf.Stock.NOTHING
                        && (room > waiting || (room <= 0 && hasMore()))) {
                    boolean normal = band.band == Names.Band.NORMAL;
                    int batch = normal ? Math.max(1, Math.min(MOST_STANDING, free - 2)) : 1;
                    band.ask(batch, now, now + pulls.staying.toNanos());
                    free -= batch;
                    sending.add(() -> pulls.stay(band, batch));
                }
            }
        }
        sending.forEach(Runnable::run);
    }
}
