package io.betrue.examples.loadclient;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Draws a history from a seed, together with the books that a right bank would have after it. Not safe for threads. */
final class SimulatedBank {
    private static final List<Currency> CURRENCIES = List.of(new Currency("EUR", 2), new Currency("BTC", 8));
    private static final int USERS = 4;
    private static final int OPERATIONS = 400;

    /** A history and the books after it. */
    record Case(History history, Books books) {
        Case with(List<Books.Entry> journal) {
            return new Case(history, new Books(journal, books.balances()));
        }

        Case withBalances(List<Books.Balance> balances) {
            return new Case(history, new Books(books.journal(), balances));
        }

        Case withHistory(List<Operation> operations, List<Event.Complete> answers) {
            return new Case(new History(history.run(), operations, answers), books);
        }
    }

    private final Random random;
    private final Map<Books.Account, BigDecimal> balances = new HashMap<>();
    private final List<Books.Entry> journal = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    private SimulatedBank(long seed) {
        random = new Random(seed);
        events.add(new Event.Run(1, "r", "http://127.0.0.1", seed, 100, CURRENCIES));
    }

    static Case draw(long seed) {
        SimulatedBank bank = new SimulatedBank(seed);
        for (int op = 1; op <= OPERATIONS; op++) {
            bank.operate(op);
        }
        List<Books.Balance> held = bank.balances.entrySet().stream()
                .map(entry -> new Books.Balance(entry.getKey(), entry.getValue()))
                .collect(Collectors.toList());
        return new Case(History.of(bank.events), new Books(bank.journal, held));
    }

    /** The effect takes place at one moment, which lies between the question and the answer; those of others overlap. */
    private void operate(int op) {
        Currency currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        Books.Account account = new Books.Account("u" + random.nextInt(USERS), currency.code());
        boolean in = random.nextInt(5) < 3;
        BigDecimal amount = currency.amount(random, 100);
        String action = in ? "deposit" : "withdrawal";
        var effect = new Call.Write.Effect(account.user(), action, "r-" + op, currency.code(), amount.toPlainString());
        BigDecimal before = balances.getOrDefault(account, BigDecimal.ZERO);
        BigDecimal after = in ? before.add(amount) : before.subtract(amount);
        long moment = op * 10L;
        events.add(invoke(op, 1, effect, moment - random.nextInt(30)));
        boolean lost = random.nextInt(10) == 0;
        boolean arrived = !lost || random.nextBoolean();
        boolean booked = arrived && after.signum() >= 0;
        if (booked) {
            balances.put(account, after);
            journal.add(new Books.Entry(account, "e" + op, action, amount, after, effect.key()));
        }
        if (!lost) {
            events.add(complete(op, 1, booked ? Outcome.OK : Outcome.REFUSED, after, moment));
        } else if (random.nextBoolean()) {
            events.add(complete(op, 1, Outcome.UNKNOWN, after, moment));
        }
        if (booked && !lost && random.nextInt(5) == 0) {
            events.add(invoke(op, 2, effect, moment + 40));
            events.add(complete(op, 2, Outcome.OK, after, moment + 50));
        }
    }

    private static Event.Invoke invoke(long op, int attempt, Call.Write.Effect effect, long mono) {
        return new Event.Invoke(op, attempt, effect.action(), effect.user(), effect, "", new Event.Moment(mono, ""));
    }

    private Event.Complete complete(long op, int attempt, Outcome outcome, BigDecimal balance, long moment) {
        String told = outcome == Outcome.OK ? balance.toPlainString() : null;
        Event.Moment at = new Event.Moment(moment + 1 + random.nextInt(30), "");
        return new Event.Complete(op, attempt, outcome, "", told, told, at);
    }
}
