package io.betrue.benchmarks.hub;

import java.util.Arrays;
import java.util.BitSet;

/** What all clients got: when, how often, in which order. Used by one thread. */
final class Tally {
    private final int messages;
    private final int warmUp;
    private final int[][] orders;
    private final int[] counts;
    private final long[] micros; // of a client's message at client * messages + message
    private int finished;
    private long surplus;

    Tally(int clients, int messages, int warmUp) {
        this.messages = messages;
        this.warmUp = warmUp;
        orders = new int[clients][messages];
        counts = new int[clients];
        micros = new long[clients * messages];
    }

    void add(int client, int message, long nanos) {
        if (counts[client] == messages) {
            surplus++;
            return;
        }
        orders[client][counts[client]++] = message;
        micros[client * messages + message] = nanos / 1_000;
        if (counts[client] == messages) {
            finished++;
        }
    }

    boolean isWhole() {
        return finished == counts.length;
    }

    /** {@return received, lost, twice, and clients with another order than the first, then the round's p50, p99 and greatest latency in milliseconds, round by round} */
    String result(int rounds) {
        long received = 0;
        long lost = 0;
        long twice = surplus;
        int otherOrder = 0;
        for (int client = 0; client < counts.length; client++) {
            BitSet different = new BitSet(messages);
            for (int i = 0; i < counts[client]; i++) {
                different.set(orders[client][i]);
            }
            received += counts[client];
            lost += messages - different.cardinality();
            twice += counts[client] - different.cardinality();
            otherOrder += Arrays.equals(orders[0], orders[client]) ? 0 : 1;
        }
        StringBuilder text = new StringBuilder()
                .append(received + surplus)
                .append(' ')
                .append(lost)
                .append(' ')
                .append(twice)
                .append(' ')
                .append(otherOrder);
        int each = (messages - warmUp) / rounds;
        for (int round = 0; round < rounds; round++) {
            append(text, warmUp + round * each, each);
        }
        return text.toString();
    }

    private void append(StringBuilder text, int from, int count) {
        long[] all = new long[counts.length * count];
        for (int client = 0; client < counts.length; client++) {
            System.arraycopy(micros, client * messages + from, all, client * count, count);
        }
        Arrays.sort(all);
        for (double part : new double[] {0.5, 0.99, 1}) {
            text.append(' ').append(all[(int) Math.min(all.length - 1L, (long) (all.length * part))] / 1e3);
        }
    }
}
