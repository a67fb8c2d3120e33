package io.betrue.examples.loadclient;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a request is about, how often it is made by default, and which answers to it are right. */
enum Kind {
    DEPOSIT("deposit", 30, "200"),
    WITHDRAW("withdraw", 24, "200", "409 INSUFFICIENT_FUNDS"),
    /** Not made by default: the users of a run have to be confirmed, or confirmation off. */
    TRANSFER("transfer", 0, "200", "409 INSUFFICIENT_FUNDS"),
    BALANCE("balance", 12, "200"),
    HISTORY("history", 8, "200"),
    CURRENCIES("currencies", 2, "200"),
    SIGN_IN("sign-in", 1, "200"),
    /** A deposit whose body names another user's id. */
    FOREIGN_ACCOUNT("foreign-account", 2, "422 VALIDATION_FAILED"),
    /** A page of the own history at a cursor that was given to another user. */
    FOREIGN_CURSOR("foreign-cursor", 2, "200", "422 VALIDATION_FAILED"),
    /** A deposit with a token whose payload is another user's and whose signature is the caller's. */
    SWAPPED_TOKEN("swapped-token", 2, "401 UNAUTHENTICATED"),
    NO_TOKEN("no-token", 2, "401 UNAUTHENTICATED"),
    UNKNOWN_CURRENCY("unknown-currency", 2, "422 UNKNOWN_CURRENCY"),
    /** A withdrawal of more than was ever deposited. */
    OVERDRAFT("overdraft", 3, "409 INSUFFICIENT_FUNDS"),
    BAD_AMOUNT("bad-amount", 3, "422 VALIDATION_FAILED"),
    MALFORMED_JSON("malformed-json", 2, "400 MALFORMED_JSON"),
    /** An acknowledged write once more, with the same key and the same body. */
    REPEAT("repeat", 3, "200"),
    /** An acknowledged write's key with another amount. */
    REPEAT_CHANGED("repeat-changed", 2, "409 CONFLICT");

    private final String label;
    private final int weight;
    private final String expected;
    private final String alsoExpected;

    Kind(String label, int weight, String expected) {
        this(label, weight, expected, expected);
    }

    Kind(String label, int weight, String expected, String alsoExpected) {
        this.label = label;
        this.weight = weight;
        this.expected = expected;
        this.alsoExpected = alsoExpected;
    }

    /** {@return the name on the command line and in the output} */
    String label() {
        return label;
    }

    /** {@return the share in the default mix; all together make 100} */
    int weight() {
        return weight;
    }

    /**
     * {@return whether an answer is one of the right ones}
     *
     * @param summary status and code as {@link Reply#summary()} writes them
     */
    boolean expects(String summary) {
        return summary.equals(expected) || summary.equals(alsoExpected);
    }

    /** {@return the kind with this label} */
    static Kind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + label + "\" is not a kind of request; known are " + labels()));
    }

    private static String labels() {
        return Arrays.stream(values()).map(Kind::label).collect(Collectors.joining(", "));
    }
}
