package io.betrue.examples.accounts;

import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.errors.StandardError;
import io.betrue.examples.accounts.api.ChangePassword;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.ResetPassword;
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
    static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 128;
    private static final int LONGEST_TEXT = 1024;
    private static final String PASSWORD = "/password";

    /** A password so far and a new one. */
    record Change(String password, String newPassword) {
        /** {@return a text without the passwords} */
        @Override
        public String toString() {
            return "Change[***]";
        }
    }

    /** Understands a new account, and refuses what cannot become one. */
    static Credentials of(Confirm confirm) {
        return ofNew(confirm.email(), confirm.password());
    }

    /** Understands a new password for an address, and refuses what cannot be one. */
    static Credentials of(ResetPassword reset) {
        return ofNew(reset.email(), reset.password());
    }

    /** Understands a sign-in; what cannot be an account is not refused here, but will not be found. */
    static Credentials of(SignIn signIn) {
        List<FieldError> errors = new ArrayList<>();
        Credentials credentials =
                new Credentials(email(signIn.email(), errors), password(signIn.password(), PASSWORD, errors));
        refuse(errors);
        return credentials;
    }

    /** Understands a change of passwords; only the new one is held to today's rules. The address is that of the account. */
    static Change of(ChangePassword change, String email) {
        List<FieldError> errors = new ArrayList<>();
        Change both = new Change(
                password(change.password(), PASSWORD, errors),
                newPassword(change.newPassword(), "/newPassword", email, errors));
        refuse(errors);
        return both;
    }

    /** Understands an address that a letter can be sent to. */
    static String address(@Nullable String email) {
        List<FieldError> errors = new ArrayList<>();
        String address = newEmail(email, errors);
        refuse(errors);
        return address;
    }

    private static Credentials ofNew(@Nullable String email, @Nullable String password) {
        List<FieldError> errors = new ArrayList<>();
        String address = newEmail(email, errors);
        Credentials credentials = new Credentials(address, newPassword(password, PASSWORD, address, errors));
        refuse(errors);
        return credentials;
    }

    private static String email(@Nullable String email, List<FieldError> errors) {
        if (email == null) {
            errors.add(FieldError.body("/email", "REQUIRED"));
            return "";
        }
        return email.strip().toLowerCase(Locale.ROOT);
    }

    private static String newEmail(@Nullable String email, List<FieldError> errors) {
        String address = email(email, errors);
        if (email != null && !isAddress(address)) {
            errors.add(FieldError.body("/email", "INVALID_FORMAT").with("expected", "name@example.org"));
        }
        return address;
    }

    private static String password(@Nullable String password, String pointer, List<FieldError> errors) {
        if (password == null) {
            errors.add(FieldError.body(pointer, "REQUIRED"));
            return "";
        }
        if (password.length() > LONGEST_TEXT) {
            errors.add(tooLong(pointer));
            return "";
        }
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    /** The one place that every new password passes, whichever way it comes. */
    private static String newPassword(@Nullable String text, String pointer, String email, List<FieldError> errors) {
        int before = errors.size();
        String password = password(text, pointer, errors);
        if (errors.size() > before) {
            return password;
        }
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST_PASSWORD) {
            errors.add(FieldError.body(pointer, "TOO_SHORT").with("minimum", SHORTEST_PASSWORD));
        } else if (length > LONGEST_PASSWORD) {
            errors.add(tooLong(pointer));
        } else if (isAddressOrLocalPart(password, email)) {
            errors.add(FieldError.body(pointer, "SAME_AS_EMAIL")
                    .detail("must not be the e-mail address or what stands before its @"));
        } else if (CommonPasswords.contains(password)) {
            errors.add(FieldError.body(pointer, "TOO_COMMON").detail("is one of the most frequent passwords"));
        }
        return password;
    }

    private static boolean isAddressOrLocalPart(String password, String email) {
        String lowerCase = password.toLowerCase(Locale.ROOT);
        return email.equals(lowerCase) || email.startsWith(lowerCase + "@");
    }

    /** {@return whether the address is one that an account can have} */
    boolean hasAddress() {
        return isAddress(email);
    }

    private static boolean isAddress(String email) {
        return email.length() <= LONGEST_EMAIL && EMAIL.matcher(email).matches();
    }

    private static FieldError tooLong(String pointer) {
        return FieldError.body(pointer, "TOO_LONG").with("maximum", LONGEST_PASSWORD);
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
