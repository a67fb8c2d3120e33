package jakarta.validation.constraints;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Stands for the annotation of Jakarta Validation, which the toolkit knows by name alone. */
@Retention(RetentionPolicy.RUNTIME)
public @interface NotBlank {}
