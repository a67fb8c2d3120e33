package io.betrue.schema;

import org.everit.json.schema.EmptySchema;
import org.everit.json.schema.ReferenceSchema;
import org.everit.json.schema.ValidationException;
import org.everit.json.schema.event.ConditionalSchemaMismatchEvent;
import org.everit.json.schema.event.SchemaReferencedEvent;
import org.everit.json.schema.event.ValidationListener;

/**
 * A keyword that is decided by us, within the engine. To the engine it is a reference to a schema that accepts everything; the engine tells its listener of each
 * reference and of the value it is applied to, and the listener asks the check. The engine's event shows its value to nothing but {@code equals}, so that the
 * question is put that way.
 */
abstract class Check extends ReferenceSchema {
    /** Asks the checks, and passes a no on. */
    static final ValidationListener LISTENER = new ValidationListener() {
        @Override
        public void schemaReferenced(SchemaReferencedEvent event) {
            if (event.getSchema() instanceof Check check && !check.question.equals(event)) {
                throw Refused.INSTANCE;
            }
        }

        @Override
        public void ifSchemaMismatch(ConditionalSchemaMismatchEvent event) {
            if (event.getSchema() instanceof Verdict) {
                throw Refused.INSTANCE;
            }
        }
    };

    private static final EmptySchema ANYTHING = EmptySchema.builder().build();

    private final SchemaReferencedEvent question = new SchemaReferencedEvent(this, new Question(), ANYTHING);

    Check() {
        super(ReferenceSchema.builder());
        setReferredSchema(ANYTHING);
    }

    /** {@return whether a value is what the keyword asks for} */
    abstract boolean accepts(Object value);

    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    /** {@return less than the others most likely have: the engine sorts by it, and checks are cheap} */
    @Override
    public final int hashCode() {
        return Integer.MIN_VALUE;
    }

    /** Equals the values that the check accepts. */
    private final class Question {
        @Override
        @SuppressWarnings({"EqualsHashCode", "EqualsUnsafeCast"})
        public boolean equals(Object value) {
            return accepts(value);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** Says no; what is wrong is found out later. */
    private static final class Refused extends ValidationException {
        private static final long serialVersionUID = 1;

        // it has neither a stack nor a place, so that one does for all
        @SuppressWarnings("StaticAssignmentOfThrowable")
        private static final Refused INSTANCE = new Refused();

        private Refused() {
            super(ANYTHING, "refused", "check", "#");
        }

        @Override
        public ValidationException prepend(String fragment) {
            return this;
        }

        @Override
        public ValidationException prepend(String fragment, org.everit.json.schema.Schema violated) {
            return this;
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
