package io.betrue.examples.loadclient;

/** Forges tokens. */
final class Tokens {
    private Tokens() {}

    /**
     * {@return the first token with the second's payload under the first's signature; for tokens that are not three parts
     * with dots between, the halves of the two joined}
     */
    static String swapPayload(String own, String others) {
        String[] mine = own.split("\\.", -1);
        String[] theirs = others.split("\\.", -1);
        if (mine.length == 3 && theirs.length == 3) {
            return mine[0] + "." + theirs[1] + "." + mine[2];
        }
        return own.substring(0, own.length() / 2) + others.substring(others.length() / 2);
    }
}
