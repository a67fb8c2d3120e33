package io.betrue.examples.loadclient;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The contract of the first application, in memory, and some ways to break it. Safe for use by multiple threads. */
final class FakeBank {
    static final List<Currency> CURRENCIES =
            List.of(new Currency("BTC", 8), new Currency("EUR", 2), new Currency("JPY", 0));

    /** What the bank does wrong. */
    enum Bug {
        NONE,
        /** Books every tenth deposit twice. */
        DOUBLES,
        /** Acknowledges every tenth deposit without booking it. */
        FORGETS,
        /** Takes a cursor for the history of the one it was given to. */
        LEAKS,
        /** Does not look at the signatures of tokens. */
        TRUSTS,
        /** Lets accounts go below zero. */
        LENDS,
        /** Fails on sign-in. */
        BREAKS
    }

    /** An answer to a request. */
    record Answered(int status, Map<String, ?> body) {}

    private record Account(String id, String email, String password) {}

    private record Line(String owner, String currency, Map<String, String> entry) {}

    private record Balance(String currency, String balance) {}

    private record Done(String request, Answered answer) {}

    private final Bug bug;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Map<String, BigDecimal> balances = new HashMap<>();
    private final List<Line> journal = new ArrayList<>();
    private final Map<String, Done> keys = new HashMap<>();
    private final Duration lifetime;
    private int deposits;

    FakeBank(Bug bug) {
        this(bug, Duration.ofHours(1));
    }

    /**
     * @param lifetime how long a token is good
     */
    FakeBank(Bug bug, Duration lifetime) {
        this.bug = bug;
        this.lifetime = lifetime;
    }

    synchronized Answered answer(String path, String token, String key, String text) {
        JsonNode body = Json.tree(text);
        if (path.startsWith("accounts/") && !path.equals("accounts/me")) {
            return open(path, body);
        }
        String caller = caller(token);
        if (caller.isEmpty()) {
            return problem(401, "UNAUTHENTICATED");
        }
        if (!body.isObject()) {
            return problem(400, "MALFORMED_JSON");
        }
        return switch (path) {
            case "accounts/me" -> ok(Map.of("userId", caller));
            case "ledger/currencies" -> ok(Map.of("currencies", CURRENCIES));
            case "ledger/balance" -> ok(Map.of("balances", balances(caller)));
            case "ledger/history" -> history(caller, body);
            default -> move(path, caller, key, body);
        };
    }

    private Answered open(String path, JsonNode body) {
        return switch (path) {
            case "accounts/register" -> ok(Map.of());
            case "accounts/confirm" -> confirm(body);
            default -> signIn(body);
        };
    }

    private Answered confirm(JsonNode body) {
        String email = body.path("email").asText();
        if (accounts.containsKey(email)) {
            return problem(422, "INVALID_CODE");
        }
        Account account = new Account(
                UUID.randomUUID().toString(), email, body.path("password").asText());
        accounts.put(email, account);
        return session(account);
    }

    private Answered signIn(JsonNode body) {
        Account account = accounts.get(body.path("email").asText());
        if (account == null || !account.password().equals(body.path("password").asText())) {
            return problem(401, "INVALID_CREDENTIALS");
        }
        if (bug == Bug.BREAKS && deposits > 0) {
            return problem(500, "INTERNAL");
        }
        return session(account);
    }

    private Answered session(Account account) {
        Instant expiresAt = Instant.now().plus(lifetime);
        String payload = base64(account.id() + " " + expiresAt);
        String token = "h." + payload + "." + base64("signed " + payload);
        return ok(Map.of("token", token, "expiresAt", expiresAt.toString()));
    }

    private String caller(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3 || (bug != Bug.TRUSTS && !parts[2].equals(base64("signed " + parts[1])))) {
            return "";
        }
        String[] payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).split(" ", -1);
        return Instant.now().isBefore(Instant.parse(payload[1])) ? payload[0] : "";
    }

    private Answered move(String path, String caller, String key, JsonNode body) {
        Done done = keys.get(caller + key);
        if (done != null) {
            return done.request().equals(path + body) ? done.answer() : problem(409, "CONFLICT");
        }
        Currency currency = CURRENCIES.stream()
                .filter(known -> known.code().equals(body.path("currency").asText()))
                .findFirst()
                .orElse(null);
        if (currency == null) {
            return problem(422, "UNKNOWN_CURRENCY");
        }
        String to = body.path("to").asText();
        BigDecimal amount = Answers.decimal(body.path("amount")).orElse(BigDecimal.ZERO);
        boolean tooMuch = amount.compareTo(new BigDecimal(1_000_000)) > 0;
        if (body.size() != (path.equals("ledger/transfer") ? 3 : 2)
                || amount.signum() <= 0
                || amount.scale() > currency.scale()
                || tooMuch) {
            return problem(422, "VALIDATION_FAILED");
        }
        Answered answer = to.isEmpty()
                ? book(path.equals("ledger/deposit"), caller, currency, amount, key)
                : transfer(caller, to, currency, amount, key);
        if (answer.status() == 200) {
            keys.put(caller + key, new Done(path + body, answer));
        }
        return answer;
    }

    private Answered transfer(String caller, String to, Currency currency, BigDecimal amount, String key) {
        BigDecimal after = balances.getOrDefault(caller + " " + currency.code(), BigDecimal.ZERO)
                .subtract(amount);
        if (after.signum() < 0) {
            return problem(409, "INSUFFICIENT_FUNDS");
        }
        String id = "t" + journal.size();
        String balance =
                after.setScale(currency.scale(), RoundingMode.UNNECESSARY).toPlainString();
        balances.put(caller + " " + currency.code(), after);
        BigDecimal received = balances.merge(to + " " + currency.code(), amount, BigDecimal::add);
        journal.add(side(id, caller, to, "transfer-out", amount, new Balance(currency.code(), balance), key));
        journal.add(side(
                id, to, caller, "transfer-in", amount, new Balance(currency.code(), received.toPlainString()), ""));
        return ok(Map.of("currency", currency.code(), "balance", balance));
    }

    private Line side(
            String id, String owner, String other, String type, BigDecimal amount, Balance after, String key) {
        Map<String, String> entry =
                new HashMap<>(line(type, owner, amount, after, key).entry());
        entry.put("id", id);
        entry.put("counterparty", other);
        if (key.isEmpty()) {
            entry.remove("reference");
        }
        return new Line(owner, after.currency(), entry);
    }

    private Answered book(boolean in, String caller, Currency currency, BigDecimal amount, String key) {
        BigDecimal before = balances.getOrDefault(caller + " " + currency.code(), BigDecimal.ZERO);
        BigDecimal after = in ? before.add(amount) : before.subtract(amount);
        if (after.signum() < 0 && bug != Bug.LENDS) {
            return problem(409, "INSUFFICIENT_FUNDS");
        }
        String balance =
                after.setScale(currency.scale(), RoundingMode.UNNECESSARY).toPlainString();
        Answered answer = ok(Map.of("currency", currency.code(), "balance", balance));
        boolean tenth = in && ++deposits % 10 == 0;
        if (tenth && bug == Bug.FORGETS) {
            return answer;
        }
        balances.put(caller + " " + currency.code(), after);
        Line line = line(in ? "deposit" : "withdrawal", caller, amount, new Balance(currency.code(), balance), key);
        journal.add(line);
        if (tenth && bug == Bug.DOUBLES) {
            journal.add(line);
        }
        return answer;
    }

    private Line line(String type, String caller, BigDecimal amount, Balance after, String key) {
        Map<String, String> entry = Map.of(
                "id",
                "e" + journal.size(),
                "type",
                type,
                "currency",
                after.currency(),
                "amount",
                amount.toPlainString(),
                "balance",
                after.balance(),
                "at",
                Instant.now().toString(),
                "reference",
                key);
        return new Line(caller, after.currency(), entry);
    }

    private List<Map<String, String>> balances(String caller) {
        List<Map<String, String>> found = new ArrayList<>();
        for (Currency currency : CURRENCIES) {
            BigDecimal balance = balances.get(caller + " " + currency.code());
            if (balance != null) {
                String text = balance.setScale(currency.scale(), RoundingMode.UNNECESSARY)
                        .toPlainString();
                found.add(Map.of("currency", currency.code(), "balance", text));
            }
        }
        return found;
    }

    private Answered history(String caller, JsonNode body) {
        String[] cursor =
                body.path("cursor").asText(caller + ":" + journal.size()).split(":", -1);
        String owner = bug == Bug.LEAKS ? cursor[0] : caller;
        int limit = body.path("limit").asInt(50);
        List<Map<String, String>> page = new ArrayList<>();
        int position = Integer.parseInt(cursor[1]);
        while (position > 0 && page.size() < limit) {
            Line line = journal.get(--position);
            if (line.owner().equals(owner)
                    && line.currency().equals(body.path("currency").asText())) {
                page.add(line.entry());
            }
        }
        return ok(position == 0 ? Map.of("entries", page) : Map.of("entries", page, "next", owner + ":" + position));
    }

    private static Answered ok(Map<String, ?> body) {
        return new Answered(200, body);
    }

    private static Answered problem(int status, String code) {
        return new Answered(status, Map.of("status", status, "code", code));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
