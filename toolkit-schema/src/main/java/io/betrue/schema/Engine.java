package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.Validator;

/** A compiled schema. Immutable, safe for use by multiple threads. */
final class Engine {
    private final org.everit.json.schema.Schema root;
    private final boolean wholeDecimals;

    Engine(Bundle bundle, Words words, Limits limits) {
        this.root = Objects.requireNonNull(
                new Compiler(bundle, words, limits).compile().get(bundle.root()));
        this.wholeDecimals = bundle.draft() != Draft.DRAFT_4;
    }

    /** {@return what does not fit, in a stable order, at most as many as the limits allow; empty when the value is valid} */
    List<Violation> violations(JsonNode value) {
        try {
            Validator.builder()
                    .failEarly()
                    .withListener(Check.LISTENER)
                    .build()
                    .performValidation(root, Views.of(value, wholeDecimals));
            return List.of();
        } catch (ValidationException e) {
            return List.of(new Violation("", e.getKeyword(), Map.of(), "is not valid"));
        }
    }
}
