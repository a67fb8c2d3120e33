package io.betrue.examples.loadclient;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes accounts and signs in to them. */
final class Registration {
    private static final int PASSWORD_BYTES = 15;

    private final Api api;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Registration(Api api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** {@return the name of a run, which no other run has} */
    String newRun() {
        return hex(4);
    }

    /** {@return new users, signed in, of an application that takes any code} */
    List<User> register(String run, int count) {
        List<User> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String email = "user" + i + "." + run + "@load.example";
            String password = hex(PASSWORD_BYTES);
            api.ask("accounts/register", null, Json.write(Map.of("email", email)));
            User.Session session = session(api.ask("accounts/confirm", null, opening(email, password)));
            String id = required(api.ask("accounts/me", session.token(), "{}"), "userId");
            User user = new User(new Credentials(id, email, password), run + "-" + i + "-");
            user.signedIn(session, clock.instant());
            users.add(user);
        }
        return users;
    }

    /** {@return a session of an existing user} */
    User.Session signIn(Credentials user) {
        return session(api.ask("accounts/sign-in", null, form(user.email(), user.password())));
    }

    /** {@return the session that an answer to a sign-in gives} */
    static User.Session session(JsonNode body) {
        String expires = required(body, "expiresAt");
        try {
            return new User.Session(required(body, "token"), Instant.parse(expires));
        } catch (DateTimeParseException e) {
            throw new LoadException("sign-in answered expiresAt \"" + expires + "\", which is no time", e);
        }
    }

    /** {@return the server's currencies} */
    List<Currency> currencies(User user) {
        List<Currency> currencies = new ArrayList<>();
        for (JsonNode node : api.ask("ledger/currencies", user.token(), "{}").path("currencies")) {
            currencies.add(
                    new Currency(required(node, "code"), node.path("scale").asInt()));
        }
        if (currencies.isEmpty()) {
            throw new LoadException("ledger/currencies answered no currency");
        }
        return currencies;
    }

    private static String required(JsonNode body, String name) {
        return Answers.text(body, name).orElseThrow(() -> new LoadException("an answer has no text member " + name));
    }

    private static String form(String email, String password) {
        return Json.write(credentials(email, password));
    }

    private static String opening(String email, String password) {
        Map<String, Object> form = credentials(email, password);
        form.put("code", "any");
        return Json.write(form);
    }

    private static Map<String, Object> credentials(String email, String password) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("email", email);
        form.put("password", password);
        return form;
    }

    private String hex(int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
