package jakarta.validation.constraints;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for the annotation of Jakarta Validation, which the toolkit knows by name alone. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Size {
    /** {@return the least} */
    int min() default 0;

    /** {@return the most} */
    int max() default Integer.MAX_VALUE;
}
