package io.betrue.examples.loadclient;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Draws the requests of a run from its seed; no two are the same. {@link #next()} is for one thread; what it learns from
 * answers, through {@link #acknowledged} and the users, may come from others.
 */
final class Requests {
    private static final int MOST_DEPOSITED = 100;
    private static final int MOST_WITHDRAWN = 60;
    private static final int REMEMBERED = 1000;

    private final List<User> users;
    private final List<Currency> currencies;
    private final Mix mix;
    private final Random random;
    private final BigDecimal margin;
    private final Recent<Call> acknowledged = new Recent<>(REMEMBERED);
    private final Map<String, BigDecimal> deposited = new HashMap<>();
    private long operations;

    /**
     * @param users at least two
     * @param currencies at least one
     */
    Requests(List<User> users, List<Currency> currencies, RunOptions options) {
        this.users = users;
        this.currencies = currencies;
        this.mix = options.mix();
        this.random = new Random(options.seed());
        // far more than one user's share of what can be deposited while an overdraft is under way
        double underWay = options.schedule().rate() * (options.timeout().toSeconds() + 5) / users.size();
        this.margin = BigDecimal.valueOf(Math.round(underWay * MOST_DEPOSITED) + 1000);
    }

    /** Remembers a write that took place, for repetition. */
    void acknowledged(Call call) {
        acknowledged.add(call);
    }

    /** {@return the next request} */
    Call next() {
        return call(mix.pick(random), users.get(random.nextInt(users.size())));
    }

    /** {@return a sign-in of this user} */
    Call signIn(User user) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("email", user.credentials().email());
        body.put("password", user.credentials().password());
        return new Call(++operations, Kind.SIGN_IN, "accounts/sign-in", Json.write(body), user, null, null);
    }

    private Call call(Kind kind, User user) {
        Currency currency = currencies.get(random.nextInt(currencies.size()));
        return switch (kind) {
            case DEPOSIT -> deposit(user, currency);
            case WITHDRAW -> withdrawal(kind, user, currency, currency.amount(random, MOST_WITHDRAWN));
            case TRANSFER -> transfer(user, currency);
            case BALANCE -> read(kind, user, "ledger/balance", random.nextBoolean() ? "{}" : body(currency));
            case HISTORY -> history(user, currency);
            case CURRENCIES -> read(kind, user, "ledger/currencies", "{}");
            case SIGN_IN -> signIn(user);
            case FOREIGN_ACCOUNT -> foreignAccount(user, currency);
            case FOREIGN_CURSOR -> foreignCursor(user, currency);
            case SWAPPED_TOKEN -> swappedToken(user, currency);
            case NO_TOKEN -> write(kind, user, null, amounts(currency.code(), "1", user));
            case UNKNOWN_CURRENCY -> write(kind, user, user.token(), amounts("Q" + letter() + letter(), "1", user));
            case OVERDRAFT -> overdraft(user, currency);
            case BAD_AMOUNT -> badAmount(user, currency);
            case MALFORMED_JSON -> malformed(user, currency);
            case REPEAT -> repeat(user, currency);
            case REPEAT_CHANGED -> repeatChanged(user, currency);
        };
    }

    private Call deposit(User user, Currency currency) {
        BigDecimal amount = currency.amount(random, MOST_DEPOSITED);
        deposited.merge(user.id() + currency.code(), amount, BigDecimal::add);
        return write(Kind.DEPOSIT, user, user.token(), amounts(currency.code(), amount.toPlainString(), user));
    }

    private Call withdrawal(Kind kind, User user, Currency currency, BigDecimal amount) {
        String text = amount.toPlainString();
        var effect = new Call.Write.Effect(user.id(), "withdrawal", key(user), currency.code(), text);
        String body = body(currency.code(), text);
        return new Call(++operations, kind, "ledger/withdraw", body, user, user.token(), new Call.Write(effect));
    }

    private Call transfer(User user, Currency currency) {
        User receiver = other(user);
        BigDecimal amount = currency.amount(random, MOST_WITHDRAWN);
        deposited.merge(receiver.id() + currency.code(), amount, BigDecimal::add);
        var effect = new Call.Write.Effect(
                user.id(), "transfer-out", key(user), currency.code(), amount.toPlainString(), receiver.id());
        return new Call(
                ++operations,
                Kind.TRANSFER,
                "ledger/transfer",
                body(effect),
                user,
                user.token(),
                new Call.Write(effect));
    }

    private static String body(Call.Write.Effect effect) {
        if (effect.to() == null) {
            return body(effect.currency(), effect.amount());
        }
        return "{\"to\":\"" + effect.to() + "\",\"currency\":\"" + effect.currency() + "\",\"amount\":\""
                + effect.amount() + "\"}";
    }

    private Call overdraft(User user, Currency currency) {
        BigDecimal ever = deposited.getOrDefault(user.id() + currency.code(), BigDecimal.ZERO);
        BigDecimal amount = ever.add(margin).add(currency.amount(random, MOST_WITHDRAWN));
        return withdrawal(Kind.OVERDRAFT, user, currency, amount);
    }

    private Call history(User user, Currency currency) {
        String body = "{\"currency\":\"" + currency.code() + "\",\"limit\":" + (1 + random.nextInt(20)) + "}";
        return read(Kind.HISTORY, user, "ledger/history", body);
    }

    private Call foreignCursor(User user, Currency currency) {
        User.Cursor cursor = other(user).cursor();
        if (cursor == null) {
            return history(user, currency);
        }
        String body = Json.write(Map.of("currency", cursor.currency(), "cursor", cursor.value()));
        return read(Kind.FOREIGN_CURSOR, user, "ledger/history", body);
    }

    private Call foreignAccount(User user, Currency currency) {
        User victim = other(user);
        Amounts asked = amounts(currency.code(), "1", victim);
        String body = Json.write(Map.of("currency", currency.code(), "amount", "1", "userId", victim.id()));
        return write(Kind.FOREIGN_ACCOUNT, user, user.token(), asked.withBody(body));
    }

    private Call swappedToken(User user, Currency currency) {
        User victim = other(user);
        return write(
                Kind.SWAPPED_TOKEN,
                user,
                Tokens.swapPayload(user.token(), victim.token()),
                amounts(currency.code(), "1", victim));
    }

    private Call badAmount(User user, Currency currency) {
        int some = 1 + random.nextInt(1_000_000);
        String tooFine = "1." + "0".repeat(currency.scale()) + some;
        List<Object> bad = List.of(
                "-" + some,
                "0",
                "1e" + some,
                "x" + some,
                "",
                " " + some,
                some,
                tooFine,
                "9".repeat(30) + some,
                List.of(some),
                true);
        Object amount = bad.get(random.nextInt(bad.size()));
        String body = Json.write(Map.of("currency", currency.code(), "amount", amount));
        return write(
                Kind.BAD_AMOUNT,
                user,
                user.token(),
                amounts(currency.code(), String.valueOf(amount), user).withBody(body));
    }

    private Call malformed(User user, Currency currency) {
        Amounts asked = amounts(currency.code(), "1", user);
        String cut = asked.body().substring(0, 1 + random.nextInt(asked.body().length() - 1));
        return write(Kind.MALFORMED_JSON, user, user.token(), asked.withBody(cut));
    }

    private Call repeat(User user, Currency currency) {
        Call first = acknowledged.pick(random);
        return first == null ? deposit(user, currency) : first.as(Kind.REPEAT).withFreshToken();
    }

    private Call repeatChanged(User user, Currency currency) {
        Call first = acknowledged.pick(random);
        if (first == null || first.write() == null) {
            return deposit(user, currency);
        }
        Call.Write.Effect effect = first.write().effect();
        String amount = new BigDecimal(effect.amount()).add(BigDecimal.ONE).toPlainString();
        var changed = new Call.Write.Effect(
                effect.user(), effect.action(), effect.key(), effect.currency(), amount, effect.to());
        return new Call(
                ++operations,
                Kind.REPEAT_CHANGED,
                first.path(),
                body(changed),
                first.user(),
                first.user().token(),
                new Call.Write(changed));
    }

    private Call read(Kind kind, User user, String path, String body) {
        return new Call(++operations, kind, path, body, user, user.token(), null);
    }

    private Call write(Kind kind, User user, @Nullable String token, Amounts asked) {
        var effect =
                new Call.Write.Effect(asked.account().id(), "deposit", key(user), asked.currency(), asked.amount());
        return new Call(++operations, kind, "ledger/deposit", asked.body(), user, token, new Call.Write(effect));
    }

    private User other(User user) {
        int index = users.indexOf(user);
        return users.get((index + 1 + random.nextInt(users.size() - 1)) % users.size());
    }

    private String key(User user) {
        return user.keyPrefix() + (operations + 1);
    }

    private char letter() {
        return (char) ('A' + random.nextInt(26));
    }

    private static String body(Currency currency) {
        return "{\"currency\":\"" + currency.code() + "\"}";
    }

    private static String body(String currency, String amount) {
        return "{\"currency\":\"" + currency + "\",\"amount\":\"" + amount + "\"}";
    }

    private static Amounts amounts(String currency, String amount, User account) {
        return new Amounts(currency, amount, account, body(currency, amount));
    }

    /** A deposit that is asked for, and the body that asks for it. */
    private record Amounts(String currency, String amount, User account, String body) {
        Amounts withBody(String other) {
            return new Amounts(currency, amount, account, other);
        }
    }
}
