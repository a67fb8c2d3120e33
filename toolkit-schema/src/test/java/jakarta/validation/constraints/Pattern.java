package jakarta.validation.constraints;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for the annotation of Jakarta Validation, which the toolkit knows by name alone. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Pattern {
    /** What can be different about an expression. */
    enum Flag {
        /** Case does not count. */
        CASE_INSENSITIVE
    }

    /** {@return the expression} */
    String regexp();

    /** {@return what is different} */
    Flag[] flags() default {};
}
