package io.betrue.commands.ws;

/** Tokens that come back with time. Those that are taken beyond the last are owed. Used by one thread at a time. */
final class Bucket {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final int burst;
    private double tokens;
    private long at;

    /** What became of taking a token. */
    enum Taken {
        /** There was one. */
        YES,
        /** There was none. */
        NO,
        /** There was none, and as many are owed as fit in: somebody does not stop. */
        FAR_TOO_MANY
    }

    Bucket(double perSecond, int burst, long now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.at = now;
    }

    Taken take(long now) {
        tokens = Math.min(burst, tokens + (now - at) / NANOS * perSecond);
        at = now;
        if (tokens <= -burst) {
            return Taken.FAR_TOO_MANY;
        }
        tokens--;
        return tokens >= 0 ? Taken.YES : Taken.NO;
    }
}
