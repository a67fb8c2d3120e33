package io.betrue.examples.loadclient;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the books over the application's own commands, as each of the users. */
final class BooksReader {
    private static final int PAGE = 200;
    private static final int MAX_PAGES = 10_000;

    private final Api api;

    BooksReader(Api api) {
        this.api = api;
    }

    /**
     * {@return all that the users can see}
     *
     * @throws LoadException if an answer is not a success, or is not of the promised shape
     */
    Books read(List<Credentials> users, List<Currency> currencies) {
        List<Books.Entry> journal = new ArrayList<>();
        List<Books.Balance> balances = new ArrayList<>();
        for (Credentials user : users) {
            String token = new Registration(api, Clock.systemUTC()).signIn(user).token();
            for (Currency currency : currencies) {
                journal.addAll(entries(token, new Books.Account(user.id(), currency.code())));
            }
            for (JsonNode node : api.ask("ledger/balance", token, "{}").path("balances")) {
                balances.add(new Books.Balance(
                        new Books.Account(user.id(), text(node, "currency")), decimal(node, "balance")));
            }
        }
        return new Books(journal, balances);
    }

    private List<Books.Entry> entries(String token, Books.Account account) {
        List<Books.Entry> entries = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        for (int page = 0; page < MAX_PAGES; page++) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("currency", account.currency());
            body.put("limit", PAGE);
            cursor.ifPresent(position -> body.put("cursor", position));
            JsonNode answer = api.ask("ledger/history", token, Json.write(body));
            for (JsonNode node : answer.path("entries")) {
                entries.add(entry(account, node));
            }
            cursor = Answers.text(answer, "next");
            if (cursor.isEmpty()) {
                Collections.reverse(entries);
                return entries;
            }
        }
        throw new LoadException("the history of " + account + " does not end after " + MAX_PAGES + " pages");
    }

    private static Books.Entry entry(Books.Account account, JsonNode node) {
        return new Books.Entry(
                account,
                node.path("id").asText(),
                text(node, "type"),
                decimal(node, "amount"),
                decimal(node, "balance"),
                Answers.text(node, "reference").orElse(""),
                Answers.text(node, "counterparty").orElse(""));
    }

    private static String text(JsonNode node, String name) {
        return Answers.text(node, name).orElseThrow(() -> new LoadException(node + " has no text member " + name));
    }

    private static BigDecimal decimal(JsonNode node, String name) {
        return Answers.decimal(node.path(name))
                .orElseThrow(() -> new LoadException(node + " has no decimal string " + name));
    }
}
