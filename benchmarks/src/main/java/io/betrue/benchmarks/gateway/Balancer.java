package io.betrue.benchmarks.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a steady rate through whatever gateways say that they are ready, as a load balancer sends them: it asks each ten times a second, goes to the next where a
 * connection is refused, and sends nothing twice.
 */
final class Balancer implements AutoCloseable {
    private static final int THREADS = 64;
    private static final long GAP = TimeUnit.MILLISECONDS.toNanos(2); // 500 a second
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final byte[] READY = Line.get("/health/ready");

    private final List<Integer> ports = new CopyOnWriteArrayList<>();
    private final Map<Integer, Boolean> ready = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final long began = System.nanoTime();
    private volatile boolean over;

    /** A request, when it was sent, and what came of it: a status, or 0 if none came. */
    record Sent(long began, long ended, int status, String why) {
        boolean isGood() {
            return status == 200;
        }

        double millis() {
            return (ended - began) / 1e6;
        }
    }

    Balancer(List<Integer> gateways) {
        gateways.forEach(this::add);
        start("readiness", this::look);
        for (int i = 0; i < THREADS; i++) {
            start("client-" + i, this::work);
        }
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        threads.add(thread);
        thread.start();
    }

    void add(int port) {
        ready.put(port, true);
        ports.add(port);
    }

    void remove(int port) {
        ports.remove(Integer.valueOf(port));
        ready.remove(port);
    }

    /** {@return how many requests wait for their answers} */
    int waiting() {
        return waiting.get();
    }

    /** {@return all requests that have ended} */
    List<Sent> sent() {
        return List.copyOf(sent);
    }

    private void look() {
        while (!over) {
            for (int port : ports) {
                ready.replace(port, isReady(port));
            }
            LockSupport.parkNanos(LOOK);
        }
    }

    private static boolean isReady(int port) {
        try (Line line = new Line(port)) {
            return line.send(READY).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void work() {
        Map<Integer, Line> lines = new HashMap<>();
        while (!over) {
            long due = began + next.getAndIncrement() * GAP;
            for (long left = due - System.nanoTime(); left > 0 && !over; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (over) {
                break;
            }
            waiting.incrementAndGet();
            long start = System.nanoTime();
            sent.add(send(lines, start));
            waiting.decrementAndGet();
        }
        lines.values().forEach(Line::close);
    }

    private Sent send(Map<Integer, Line> lines, long start) {
        Line line = line(lines);
        if (line == null) {
            return new Sent(start, System.nanoTime(), 0, "no gateway is ready");
        }
        try {
            Line.Answer answer = line.send(Bench.DEPOSIT);
            boolean good = answer.status() == 200 && answer.body().contains(Bench.BALANCE);
            return new Sent(start, System.nanoTime(), answer.status(), good ? "" : answer.body());
        } catch (IOException e) {
            line.close();
            lines.values().remove(line);
            return new Sent(start, System.nanoTime(), 0, e.toString());
        }
    }

    /** {@return a connection to a gateway that is ready; null if there is none} */
    private @Nullable Line line(Map<Integer, Line> lines) {
        lines.entrySet().removeIf(entry -> {
            boolean stale = !ready.getOrDefault(entry.getKey(), false)
                    || entry.getValue().isClosing();
            if (stale) {
                entry.getValue().close();
            }
            return stale;
        });
        List<Integer> now = List.copyOf(ports);
        int first = Math.floorMod(turn.getAndIncrement(), Math.max(1, now.size()));
        for (int i = 0; i < now.size(); i++) {
            int port = now.get((first + i) % now.size());
            Line line = ready.getOrDefault(port, false) ? lines.get(port) : null;
            if (line == null && ready.getOrDefault(port, false)) {
                line = connect(port);
            }
            if (line != null) {
                lines.put(port, line);
                return line;
            }
        }
        return null;
    }

    private @Nullable Line connect(int port) {
        try {
            return new Line(port);
        } catch (IOException refused) {
            ready.replace(port, false);
            return null;
        }
    }

    /** Sends no more, and waits for what was sent. */
    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
