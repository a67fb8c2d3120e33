package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One check of one value. It remembers the verdicts of schemas that contain themselves: alternatives that lead to the same schema would otherwise judge what is
 * below them again on each level, which doubles the time for every level of the value. Not safe for use by multiple threads.
 */
final class Run {
    private final boolean wholeDecimals;
    private @Nullable IdentityHashMap<Reference, IdentityHashMap<JsonNode, Boolean>> verdicts;

    /**
     * Starts.
     *
     * @param wholeDecimals whether 1.0 is an integer: from draft 6 on
     */
    Run(boolean wholeDecimals) {
        this.wholeDecimals = wholeDecimals;
    }

    boolean wholeDecimals() {
        return wholeDecimals;
    }

    /** {@return the verdict of a schema that contains itself about a value, which is found once} */
    boolean verdict(Reference reference, JsonNode node, Object view) {
        if (verdicts == null) {
            verdicts = new IdentityHashMap<>();
        }
        IdentityHashMap<JsonNode, Boolean> known = verdicts.computeIfAbsent(reference, key -> new IdentityHashMap<>());
        Boolean verdict = known.get(node);
        if (verdict == null) {
            verdict = reference.target().accepts(view);
            known.put(node, verdict);
        }
        return verdict;
    }
}
