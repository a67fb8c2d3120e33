package io.betrue.commands.nats;

import io.nats.client.Message;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells callers that their calls are worked on, and hears who does not wait any more.
 *
 * <p>A call that takes longer than {@value #FIRST_MILLIS} ms is announced to its caller, with the subject on which it can be cancelled. From then on one call of each
 * client is announced again each {@value #BEAT_MILLIS} ms: the client answers that it is there, or that it does not wait for that call; the NATS server answers that
 * nobody is there; or nobody answers for too long. Safe for use by multiple threads.
 */
final class Pulse {
    static final int FIRST_MILLIS = 50;
    static final int BEAT_MILLIS = 100;

    private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(FIRST_MILLIS);
    private static final long STALL = TimeUnit.SECONDS.toNanos(1);
    private static final HexFormat HEX = HexFormat.of();

    private final Publisher publisher;
    private final String inbox;
    private final long silence;
    private final SecureRandom random = new SecureRandom();
    private final Set<Serving> calls = ConcurrentHashMap.newKeySet();
    private final Map<String, Serving> announced = new ConcurrentHashMap<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private long steadySince = System.nanoTime(); // used by the timer alone, as are the next two
    private long lastTick = steadySince;
    private boolean odd;

    Pulse(Publisher publisher, String inbox, Duration silence) {
        this.publisher = publisher;
        this.inbox = inbox;
        this.silence = silence.toNanos();
    }

    void enter(Serving call) {
        calls.add(call);
    }

    void leave(Serving call) {
        calls.remove(call);
        String control = call.control();
        if (control != null) {
            announced.remove(Wire.lastToken(control));
        }
    }

    Set<Serving> calls() {
        return calls;
    }

    /** {@return the subject on which this side of a call hears frames} */
    String control(Serving call) {
        String known = call.control();
        if (known != null) {
            return known;
        }
        synchronized (call) {
            known = call.control();
            if (known == null) {
                String token = HEX.toHexDigits(random.nextLong()); // whoever knows it can cancel the call
                known = inbox + "." + token;
                announced.put(token, call);
                call.announce(known);
                if (!calls.contains(call)) { // it has ended meanwhile, and nobody looks again
                    announced.remove(token);
                }
            }
        }
        return known;
    }

    /** Sends a frame to the caller. */
    boolean send(Serving call, Frame frame) {
        return publisher.publish(call.replyTo(), control(call), frame.headers(), frame.body());
    }

    /** To be called each {@value #FIRST_MILLIS} ms. */
    void tick() {
        long now = System.nanoTime();
        if (now - lastTick > STALL || !publisher.isConnected()) {
            steadySince = now; // what was not heard is nobody's fault but ours
        }
        lastTick = now;
        odd = !odd;
        Set<String> clients = new HashSet<>();
        for (Serving call : calls) {
            if (call.isWatched() && now - call.began() > FIRST) {
                look(call, now, clients.add(call.client()));
            }
        }
        heard.keySet().retainAll(clients);
    }

    private void look(Serving call, long now, boolean first) {
        if (call.control() == null || (first && odd)) {
            send(call, Frame.of(Frame.Kind.WORKING));
        }
        long since = later(steadySince, call.announced());
        Long answer = heard.get(call.client());
        if (now - (answer == null ? since : later(since, answer)) > silence) {
            call.gone("the caller is silent");
        }
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** Takes a frame, or the news that nobody hears ours. */
    void take(Message message) {
        Serving call = announced.get(Wire.lastToken(message.getSubject()));
        if (call == null) {
            return;
        }
        if (Wire.isNobodyThere(message)) {
            String client = call.client();
            calls.stream()
                    .filter(other -> other.client().equals(client))
                    .forEach(other -> other.gone("the caller is gone"));
            return;
        }
        Frame frame = Frame.in(message);
        if (frame == null) {
            return;
        }
        heard.put(call.client(), System.nanoTime());
        if (frame.kind() == Frame.Kind.CANCEL) {
            call.gone("the caller gave up");
        } else {
            call.take(frame);
        }
    }
}
