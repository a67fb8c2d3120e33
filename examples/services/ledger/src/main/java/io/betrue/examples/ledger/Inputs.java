package io.betrue.examples.ledger;

import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.examples.ledger.api.Currency;
import io.betrue.examples.ledger.api.HistoryQuery;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands what callers sent, and collects every fault before it refuses. For one request, by one thread. */
final class Inputs {
    private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,29})([.][0-9]{1,30})?");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,128}");
    private static final Pattern CURSOR = Pattern.compile("[1-9][0-9]{0,17}");

    private final List<FieldError> errors = new ArrayList<>();

    /** Notes a missing currency; whether the code exists is the database's to say. */
    String currency(@Nullable String code) {
        if (code == null) {
            errors.add(FieldError.body("/currency", "REQUIRED"));
            return "";
        }
        return code;
    }

    BigDecimal amount(@Nullable String text) {
        if (text == null) {
            errors.add(FieldError.body("/amount", "REQUIRED"));
        } else if (text.length() > 64 || !DECIMAL.matcher(text).matches()) {
            errors.add(FieldError.body("/amount", "INVALID_FORMAT").with("expected", "10.50"));
        } else {
            return new BigDecimal(text);
        }
        return BigDecimal.ONE;
    }

    /** Notes a receiver who is missing or the caller. */
    UUID receiver(@Nullable UUID receiver, UUID caller) {
        if (receiver == null) {
            errors.add(FieldError.body("/to", "REQUIRED"));
            return caller;
        }
        if (receiver.equals(caller)) {
            errors.add(FieldError.body("/to", "SAME_USER"));
        }
        return receiver;
    }

    /** Notes a key that is not 1 to 128 visible ASCII characters. */
    void key(@Nullable String key) {
        if (key != null && !KEY.matcher(key).matches()) {
            errors.add(FieldError.header("Idempotency-Key", "INVALID_FORMAT")
                    .with("expected", "1 to 128 visible ASCII characters"));
        }
    }

    /** {@return the position to read from, exclusive} */
    long cursor(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (!CURSOR.matcher(cursor).matches()) {
            errors.add(FieldError.body("/cursor", "INVALID"));
            return 0;
        }
        return Long.parseLong(cursor);
    }

    int limit(@Nullable Integer limit) {
        if (limit == null) {
            return HistoryQuery.DEFAULT_LIMIT;
        }
        if (limit < 1) {
            errors.add(FieldError.body("/limit", "TOO_SMALL").with("minimum", 1));
        } else if (limit > HistoryQuery.MAXIMUM_LIMIT) {
            errors.add(FieldError.body("/limit", "TOO_LARGE").with("maximum", HistoryQuery.MAXIMUM_LIMIT));
        }
        return limit;
    }

    /** Turns an amount into a number of the currency's smallest unit, and refuses what has none. */
    BigInteger units(BigDecimal amount, Currency currency, BigDecimal maximum) {
        BigDecimal smallest = BigDecimal.ONE.movePointLeft(currency.scale());
        if (amount.scale() > currency.scale()) {
            errors.add(FieldError.body("/amount", "TOO_PRECISE").with("scale", currency.scale()));
        } else if (amount.signum() <= 0) {
            errors.add(FieldError.body("/amount", "NOT_POSITIVE").with("minimum", smallest.toPlainString()));
        } else if (amount.compareTo(maximum) > 0) {
            errors.add(FieldError.body("/amount", "TOO_LARGE").with("maximum", maximum.toPlainString()));
        }
        refuseFaults();
        return amount.movePointRight(currency.scale()).toBigIntegerExact();
    }

    void refuseFaults() {
        if (!errors.isEmpty()) {
            Problem.Builder problem = StandardError.VALIDATION_FAILED.problem();
            errors.forEach(problem::error);
            throw problem.toException();
        }
    }
}
