package io.betrue.examples.loadclient;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of answers. */
final class Answers {
    private Answers() {}

    /** {@return the balance after a write; null when the reply has none} */
    static @Nullable String balance(Reply reply) {
        return reply instanceof Reply.Answer answer
                ? text(answer.body(), "balance").orElse(null)
                : null;
    }

    /** {@return the lowest of all balances anywhere in the reply; null when it has none} */
    static @Nullable String lowest(Reply reply) {
        if (!(reply instanceof Reply.Answer answer)) {
            return null;
        }
        return answer.body().findValues("balance").stream()
                .map(Answers::decimal)
                .flatMap(Optional::stream)
                .min(BigDecimal::compareTo)
                .map(BigDecimal::toPlainString)
                .orElse(null);
    }

    /** {@return the text member of this name, when there is one} */
    static Optional<String> text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
    }

    /** {@return a decimal string's value; empty for anything else} */
    static Optional<BigDecimal> decimal(JsonNode node) {
        return node.isTextual() ? decimal(node.textValue()) : Optional.empty();
    }

    /** {@return a decimal string's value; empty for anything else, also for text of more than 60 characters} */
    static Optional<BigDecimal> decimal(String text) {
        return text.length() <= 60 && text.matches("-?[0-9]+(\\.[0-9]+)?")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /** {@return whether every entry of a history page was made with a key of this user} */
    static boolean entriesBelongTo(User user, JsonNode body) {
        return StreamSupport.stream(body.path("entries").spliterator(), false)
                .allMatch(entry -> isReceived(user, entry)
                        || entry.path("reference").asText("").startsWith(user.keyPrefix()));
    }

    /** Somebody else asked for it, under a key that is not the receiver's to see. */
    private static boolean isReceived(User user, JsonNode entry) {
        return entry.path("type").asText().equals("transfer-in")
                && entry.path("reference").asText("").isEmpty()
                && !entry.path("counterparty").asText().equals(user.id());
    }
}
