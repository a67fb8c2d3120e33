package io.betrue.schema;

import java.util.Objects;
import org.everit.json.schema.Schema;
import org.jspecify.annotations.Nullable;

/** A reference to a schema that contains itself. */
final class Reference extends Check {
    private @Nullable Verdict target;

    /** Says what it refers to; called once, before the first value is judged. */
    void refersTo(Schema schema) {
        target = new Verdict(schema);
    }

    Verdict target() {
        return Objects.requireNonNull(target);
    }

    @Override
    boolean accepts(Object value) {
        if (value instanceof Views.ObjectView object) {
            return object.run().verdict(this, object.node(), object);
        }
        if (value instanceof Views.ArrayView array) {
            return array.run().verdict(this, array.node(), array);
        }
        return target().accepts(value);
    }
}
