package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.codeOf;
import static io.betrue.examples.accounts.Fixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.FindUser;
import io.betrue.examples.accounts.api.Recover;
import io.betrue.examples.accounts.api.ResetPassword;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import io.betrue.examples.accounts.api.Token;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Codes that come by mail: for confirmation, and for a new password. */
class ConfirmationIT {
    private static final String NEW_PASSWORD = "battery staple";
    private static final Duration PAUSE = CodeOptions.defaults().pause();

    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Member member = new Member(DATABASE);

    private Token confirm(SignedIn signedIn, String code) {
        return member.accounts.confirm(member.id, member.session(signedIn), new Confirm(code));
    }

    private void reset(String email, String code) {
        member.accounts.resetPassword(new ResetPassword(email, code, NEW_PASSWORD));
    }

    @Test
    void givesTheRoleOnlyAfterConfirmation() {
        String code = member.code();
        SignedIn signedIn = member.signIn();
        assertThat(member.principal(signedIn.token()).roles()).isEmpty();
        assertThat(member.accounts.me(member.id).confirmed()).isFalse();

        Token token = confirm(signedIn, code.toLowerCase(Locale.ROOT).replace("-", " "));

        assertThat(member.principal(token.token()).roles()).containsExactly("confirmed");
        assertThat(member.principal(member.signIn().token()).roles()).containsExactly("confirmed");
        assertThat(member.accounts.me(member.id).confirmed()).isTrue();
        assertThat(codeOf(() -> confirm(signedIn, code))).isEqualTo("ALREADY_CONFIRMED");
        assertThat(codeOf(() -> member.accounts.sendCode(member.id))).isEqualTo("ALREADY_CONFIRMED");
    }

    @Test
    void givesEverybodyTheRoleWhereConfirmationIsOff() {
        Member everybody = new Member(DATABASE, ConfirmationMode.OFF);
        assertThat(everybody.letters()).isEmpty();
        assertThat(everybody.principal(everybody.signIn().token()).roles()).containsExactly("confirmed");
    }

    @Test
    void takesACodeForAWhileAndAFewAttempts() {
        SignedIn signedIn = member.signIn();
        String expired = member.code();
        UUID session = member.session(signedIn);
        member.clock.advance(CodeOptions.defaults().confirmationLifetime());
        assertThat(codeOf(() -> member.accounts.confirm(member.id, session, new Confirm(expired))))
                .isEqualTo("INVALID_CODE");

        member.accounts.sendCode(member.id);
        String tried = member.code();
        for (int attempt = 0; attempt < CodeOptions.defaults().attempts(); attempt++) {
            assertThat(codeOf(() -> member.accounts.confirm(member.id, session, new Confirm("00000-00000"))))
                    .isEqualTo("INVALID_CODE");
        }
        assertThat(codeOf(() -> member.accounts.confirm(member.id, session, new Confirm(tried))))
                .isEqualTo("INVALID_CODE");
    }

    @Test
    void aNewCodeReplacesTheOldOne() {
        SignedIn signedIn = member.signIn();
        String first = member.code();
        member.clock.advance(PAUSE);
        member.accounts.sendCode(member.id);
        String second = member.code();
        assertThat(codeOf(() -> confirm(signedIn, first))).isEqualTo("INVALID_CODE");
        assertThat(confirm(signedIn, second).token()).isNotEmpty();
    }

    @Test
    void takesNoCodeOfAnotherOrForAnotherPurpose() {
        SignedIn signedIn = member.signIn();
        member.code();
        assertThat(codeOf(() -> confirm(signedIn, new Member(DATABASE).code()))).isEqualTo("INVALID_CODE");
        member.accounts.recover(new Recover(member.email));
        String recovery = member.code();
        assertThat(codeOf(() -> confirm(signedIn, recovery))).isEqualTo("INVALID_CODE");
        assertThat(codeOf(() -> confirm(signedIn, ""))).isEqualTo("INVALID_CODE");
        assertThat(codeOf(() -> confirm(signedIn, "0".repeat(10_000)))).isEqualTo("INVALID_CODE");
    }

    @Test
    void aSessionThatHasEndedGetsNoToken() {
        SignedIn signedIn = member.signIn();
        String code = member.code();
        member.accounts.signOutEverywhere(member.id);
        assertThat(codeOf(() -> confirm(signedIn, code))).isEqualTo("INVALID_SESSION");
    }

    @Test
    void sendsALetterAMinuteAndTenADay() {
        assertThat(problemOf(() -> member.accounts.sendCode(member.id)).retryAfter())
                .as("the letter of the registration counts")
                .isEqualTo(PAUSE);
        for (int letter = 1; letter < CodeOptions.defaults().perDay(); letter++) {
            member.clock.advance(PAUSE);
            member.accounts.sendCode(member.id);
            assertThat(member.letters()).hasSize(1);
        }
        member.clock.advance(PAUSE);
        assertThat(problemOf(() -> member.accounts.sendCode(member.id)).retryAfter())
                .isGreaterThan(Duration.ofHours(23));
        member.clock.advance(Duration.ofDays(1));
        member.accounts.sendCode(member.id);
    }

    @Test
    void setsANewPasswordOnceEndsSessionsAndConfirms() {
        member.letters();
        SignedIn before = member.signIn();
        member.accounts.recover(new Recover(" " + member.email.toUpperCase(Locale.ROOT)));
        String code = member.code();

        reset(member.email, code);

        assertThat(codeOf(() ->
                        member.accounts.refresh(new io.betrue.examples.accounts.api.Refresh(before.refreshToken()))))
                .isEqualTo("INVALID_SESSION");
        assertThat(codeOf(member::signIn)).isEqualTo("INVALID_CREDENTIALS");
        SignedIn after = member.accounts.signIn(new SignIn(member.email, NEW_PASSWORD));
        assertThat(member.principal(after.token()).roles()).containsExactly("confirmed");
        assertThat(codeOf(() -> reset(member.email, code))).isEqualTo("INVALID_CODE");
    }

    @Test
    void doesNotTellWhoHasAnAccount() {
        member.letters();
        String nobody = "nobody-" + UUID.randomUUID() + "@example.org";
        for (String email : List.of(member.email, nobody)) {
            for (int again = 0; again < 3; again++) { // those beyond the limit are answered alike
                member.accounts.recover(new Recover(email));
            }
        }
        assertThat(member.letters())
                .singleElement()
                .satisfies(mail -> assertThat(mail.to()).isEqualTo(member.email));
        long before = member.passwords.computations();
        assertThat(codeOf(() -> reset(nobody, "00000-00000"))).isEqualTo("INVALID_CODE");
        long unknown = member.passwords.computations() - before;
        assertThat(codeOf(() -> reset(member.email, "00000-00000"))).isEqualTo("INVALID_CODE");
        assertThat(member.passwords.computations() - before).isEqualTo(2 * unknown);
    }

    @Test
    void keepsNoCodeAnywhere() {
        String code = member.code().replace("-", "");
        String rows = DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("select string_agg(c::text, ' ') from accounts.codes c")
                        .mapTo(String.class)
                        .one());
        assertThat(rows).doesNotContain(code);
        assertThat(member.jobs.enqueued(Letters.TYPE).toString()).doesNotContain(code, member.email);
    }

    @Test
    void findsWhoHasConfirmed() {
        assertThat(codeOf(() -> member.accounts.find(new FindUser(member.email))))
                .isEqualTo("UNKNOWN_USER");
        confirm(member.signIn(), member.code());
        assertThat(member.accounts
                        .find(new FindUser(member.email.toUpperCase(Locale.ROOT)))
                        .userId())
                .isEqualTo(member.id);
        assertThat(codeOf(() -> member.accounts.find(new FindUser("nobody")))).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void aRegistrationThatIsRolledBackSendsNoLetter() {
        assertThat(codeOf(() -> member.accounts.register(
                        new io.betrue.examples.accounts.api.Register(member.email, NEW_PASSWORD))))
                .isEqualTo("EMAIL_TAKEN");
        assertThat(member.letters()).hasSize(1);
    }
}
