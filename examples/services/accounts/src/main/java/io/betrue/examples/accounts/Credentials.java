package io.betrue.examples.accounts;

import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.SignIn;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address and a password in the one form they are compared in; nothing here tells what was wrong by repeating it.
 *
 * @param email lower case without surrounding space, and perhaps no address at all
 * @param password in Unicode's NFKC, so that it does not matter which keyboard typed it
 */
record Credentials(String email, String password) {
    /** Visible ASCII only: two addresses that look the same are the same. */
    private static final Pattern EMAIL =
            Pattern.compile("[!-?A-~]{1,64}@[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+");

    private static final int LONGEST_EMAIL = 254;
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;
    private static final int LONGEST_TEXT = 1024;

    /** Understands a registration, and refuses what cannot become an account. */
    static Credentials of(Register register) {
        List<FieldError> errors = new ArrayList<>();
        Credentials credentials = of(register.email(), register.password(), errors);
        if (register.email() != null && !credentials.hasAddress()) {
            errors.add(FieldError.body("/email", "INVALID_FORMAT").with("expected", "name@example.org"));
        }
        int length =
                credentials.password().codePointCount(0, credentials.password().length());
        if (errors.stream().noneMatch(error -> error.at().equals("/password"))) {
            if (length < SHORTEST_PASSWORD) {
                errors.add(FieldError.body("/password", "TOO_SHORT").with("minimum", SHORTEST_PASSWORD));
            } else if (length > LONGEST_PASSWORD) {
                errors.add(tooLong());
            }
        }
        refuse(errors);
        return credentials;
    }

    /** Understands a sign-in; what cannot be an account is not refused here, but will not be found. */
    static Credentials of(SignIn signIn) {
        List<FieldError> errors = new ArrayList<>();
        Credentials credentials = of(signIn.email(), signIn.password(), errors);
        refuse(errors);
        return credentials;
    }

    private static Credentials of(@Nullable String email, @Nullable String password, List<FieldError> errors) {
        if (email == null) {
            errors.add(FieldError.body("/email", "REQUIRED"));
        }
        if (password == null) {
            errors.add(FieldError.body("/password", "REQUIRED"));
        } else if (password.length() > LONGEST_TEXT) {
            errors.add(tooLong());
        }
        boolean usable = password != null && password.length() <= LONGEST_TEXT;
        return new Credentials(
                email == null ? "" : email.strip().toLowerCase(Locale.ROOT),
                usable ? Normalizer.normalize(password, Normalizer.Form.NFKC) : "");
    }

    /** {@return whether the address is one that an account can have} */
    boolean hasAddress() {
        return email.length() <= LONGEST_EMAIL && EMAIL.matcher(email).matches();
    }

    private static FieldError tooLong() {
        return FieldError.body("/password", "TOO_LONG").with("maximum", LONGEST_PASSWORD);
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            Problem.Builder problem = StandardError.VALIDATION_FAILED.problem();
            errors.forEach(problem::error);
            throw problem.toException();
        }
    }

    /** {@return a text without the password} */
    @Override
    public String toString() {
        return "Credentials[email=" + email + ", password=***]";
    }
}
