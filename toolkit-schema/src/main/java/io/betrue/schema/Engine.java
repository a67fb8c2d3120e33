package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A compiled schema. Immutable, safe for use by multiple threads. */
final class Engine {
    private final Bundle bundle;
    private final Words words;
    private final Limits limits;
    private final Model model;

    Engine(Bundle bundle, Words words, Limits limits) {
        this.bundle = bundle;
        this.words = words;
        this.limits = limits;
        this.model = new Compiler(bundle, words, limits).compile();
    }

    TextPattern pattern(String pattern) {
        return words.pattern(pattern);
    }

    /** {@return what does not fit, in a stable order, at most as many as the limits allow; empty when the value is valid} */
    List<Violation> violations(JsonNode value) {
        Violation beyond = LimitCheck.check(value, limits);
        if (beyond != null) {
            return List.of(beyond);
        }
        try {
            // the whole story is only told of values that are not valid
            Run run = model.start();
            return model.accepts(bundle.root(), value, run)
                    ? List.of()
                    : new Explainer(bundle, model, words, limits, run).explain(value);
        } catch (StackOverflowError e) {
            // the depth of the value is bounded, but a schema can put many schemas on each level
            return List.of(LimitCheck.tooDeep("", limits));
        }
    }
}
