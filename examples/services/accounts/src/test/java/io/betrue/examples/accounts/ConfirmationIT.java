package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.codeOf;
import static io.betrue.examples.accounts.Fixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.FindUser;
import io.betrue.examples.accounts.api.Recover;
import io.betrue.examples.accounts.api.Refresh;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.ResetPassword;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Codes that come by mail: for a new account, and for a new password. */
class ConfirmationIT {
    private static final String NEW_PASSWORD = "battery staple";
    private static final String WRONG = "00000-00000";
    private static final Duration PAUSE = CodeOptions.defaults().pause();

    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Member stranger = new Member(DATABASE, ConfirmationMode.REQUIRED);

    private static String refusal(Member member, String code) {
        return codeOf(() -> member.confirm(code));
    }

    private static SignedIn confirmWith(Member member, String code, String password) {
        return member.accounts.confirm(new Confirm(member.email, code, password));
    }

    private static void reset(Member member, String code) {
        member.accounts.resetPassword(new ResetPassword(member.email, code, NEW_PASSWORD));
    }

    private static int users(String email) {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from accounts.users where email = :email")
                        .bind("email", email)
                        .mapTo(Integer.class)
                        .one());
    }

    private static List<Integer> attempts(String email) {
        return DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select attempts from accounts.address_codes where address_hash = :address")
                        .bind("address", Digests.of(email))
                        .mapTo(Integer.class)
                        .list());
    }

    @Test
    void opensAnAccountByTheCodeOfALetter() {
        stranger.register();
        String code = stranger.code();
        assertThat(users(stranger.email)).as("a letter is no account").isZero();
        assertThat(codeOf(stranger::signIn)).isEqualTo("INVALID_CREDENTIALS");

        SignedIn signedIn = stranger.confirm(code.toLowerCase(Locale.ROOT).replace("-", " "));

        assertThat(stranger.principal(signedIn).roles()).containsExactly("confirmed");
        assertThat(stranger.principal(signedIn).id()).isEqualTo(stranger.id().toString());
        assertThat(stranger.principal(stranger.signIn()).roles()).containsExactly("confirmed");
        assertThat(stranger.accounts.me(stranger.id()).confirmed()).isTrue();
        assertThat(stranger.accounts
                        .refresh(new Refresh(signedIn.refreshToken()))
                        .token())
                .isNotEmpty();
        assertThat(refusal(stranger, code)).isEqualTo("INVALID_CODE");
    }

    @Test
    void doesNotTellAtRegistrationWhoHasAnAccount() {
        Member owner = Member.registered(DATABASE);
        owner.clock.advance(PAUSE); // the letter of its own registration has gone
        owner.noted.work();

        for (int again = 0; again < 3; again++) { // those beyond the limit are answered alike
            stranger.register();
            owner.register();
            assertThat(owner.noted.work()).isEqualTo(stranger.noted.work()).isNotEmpty();
        }
        assertThat(owner.letters()).hasSize(1);
        assertThat(stranger.letters()).hasSize(1);

        for (int attempt = 0; attempt < CodeOptions.defaults().attempts() + 1; attempt++) {
            Problem free = refused(stranger);
            Problem taken = refused(owner);
            assertThat(taken.code().name()).isEqualTo("INVALID_CODE");
            assertThat(taken.toJson()).isEqualTo(free.toJson());
            assertThat(owner.noted.work()).isEqualTo(stranger.noted.work()).isNotEmpty();
            assertThat(attempts(owner.email))
                    .isEqualTo(attempts(stranger.email))
                    .hasSize(1);
        }
        assertThat(owner.signIn().token()).isNotEmpty();
    }

    /** Tries a wrong code, which costs one hash. */
    private static Problem refused(Member member) {
        long before = member.passwords.computations();
        Problem problem = problemOf(() -> confirmWith(member, WRONG, NEW_PASSWORD));
        assertThat(member.passwords.computations()).isEqualTo(before + 1);
        return problem;
    }

    @Test
    void writesToTheOwnerThatThereIsAnAccount() {
        Member owner = Member.registered(DATABASE);
        owner.clock.advance(PAUSE);
        owner.accounts.register(new Register(" " + owner.email.toUpperCase(Locale.ROOT)));
        assertThat(owner.letters()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo(owner.email);
            assertThat(mail.subject()).isEqualTo("You have an account");
            assertThat(mail.text())
                    .contains("Sign in with your password", "Forgotten your password?")
                    .doesNotContain("code is");
        });
    }

    @Test
    void takesACodeForAWhileAndAFewAttempts() {
        stranger.register();
        String expired = stranger.code();
        stranger.clock.advance(CodeOptions.defaults().confirmationLifetime());
        assertThat(refusal(stranger, expired)).isEqualTo("INVALID_CODE");

        stranger.register();
        String tried = stranger.code();
        for (int attempt = 0; attempt < CodeOptions.defaults().attempts(); attempt++) {
            assertThat(refusal(stranger, WRONG)).isEqualTo("INVALID_CODE");
        }
        assertThat(refusal(stranger, tried)).isEqualTo("INVALID_CODE");
        assertThat(users(stranger.email)).isZero();
    }

    @Test
    void aNewCodeReplacesTheOldOne() {
        stranger.register();
        String first = stranger.code();
        stranger.clock.advance(PAUSE);
        stranger.register();
        String second = stranger.code();
        assertThat(refusal(stranger, first)).isEqualTo("INVALID_CODE");
        assertThat(stranger.confirm(second).token()).isNotEmpty();
    }

    @Test
    void takesNoCodeOfAnotherOrForAnotherPurpose() {
        Member owner = Member.registered(DATABASE);
        Member other = new Member(DATABASE, ConfirmationMode.REQUIRED);
        stranger.register();
        String own = stranger.code();
        other.register();
        assertThat(refusal(stranger, other.code())).isEqualTo("INVALID_CODE");
        assertThat(refusal(stranger, "")).isEqualTo("INVALID_CODE");
        assertThat(refusal(stranger, "0".repeat(10_000))).isEqualTo("INVALID_CODE");
        assertThat(codeOf(() -> stranger.accounts.confirm(new Confirm(stranger.email, null, NEW_PASSWORD))))
                .isEqualTo("INVALID_CODE");
        assertThat(codeOf(() -> reset(stranger, own))).isEqualTo("INVALID_CODE");
        owner.accounts.recover(new Recover(owner.email));
        String recovery = owner.code();
        assertThat(refusal(owner, recovery)).isEqualTo("INVALID_CODE");
        assertThat(stranger.confirm(own).token()).isNotEmpty();
    }

    @Test
    void aPasswordThatIsRefusedLeavesTheCode() {
        stranger.register();
        String code = stranger.code();
        assertThat(problemOf(() -> confirmWith(stranger, code, "short")).errors())
                .extracting(FieldError::at)
                .containsExactly("/password");
        assertThat(stranger.confirm(code).token()).isNotEmpty();
    }

    @Test
    void opensOneAccountForACodeThatComesManyTimesAtOnce() throws Exception {
        stranger.register();
        String code = stranger.code();
        List<SignedIn> opened = Together.of(8, () -> stranger.confirm(code));
        assertThat(opened).hasSize(1);
        assertThat(users(stranger.email)).isEqualTo(1);
    }

    @Test
    void sendsALetterAMinuteAndTenADay() {
        for (int letter = 0; letter < CodeOptions.defaults().perDay(); letter++) {
            stranger.register();
            stranger.register();
            assertThat(stranger.letters()).hasSize(1);
            stranger.register();
            assertThat(stranger.letters()).as("within a minute").isEmpty();
            stranger.clock.advance(PAUSE);
        }
        stranger.register();
        assertThat(stranger.letters()).as("the eleventh").isEmpty();
        stranger.clock.advance(Duration.ofDays(1));
        stranger.register();
        assertThat(stranger.letters()).hasSize(1);
    }

    @Test
    void whoWasThereUnprovenSignsInWithoutTheRoleAndIsProvenByALetter() {
        Member unproven = Member.unproven(DATABASE);
        UUID id = unproven.id();
        SignedIn before = unproven.signIn();
        assertThat(unproven.principal(before).roles()).isEmpty();
        assertThat(unproven.accounts.me(id).confirmed()).isFalse();
        assertThat(codeOf(() -> unproven.accounts.find(new FindUser(unproven.email))))
                .isEqualTo("UNKNOWN_USER");

        unproven.register();
        SignedIn after = confirmWith(unproven, unproven.code(), NEW_PASSWORD);

        assertThat(unproven.principal(after).id()).isEqualTo(id.toString());
        assertThat(unproven.principal(after).roles()).containsExactly("confirmed");
        assertThat(unproven.accounts.me(id).confirmed()).isTrue();
        assertThat(codeOf(() -> unproven.accounts.refresh(new Refresh(before.refreshToken()))))
                .isEqualTo("INVALID_SESSION");
        assertThat(codeOf(unproven::signIn)).isEqualTo("INVALID_CREDENTIALS");
        assertThat(unproven.accounts
                        .signIn(new SignIn(unproven.email, NEW_PASSWORD))
                        .token())
                .isNotEmpty();
    }

    @Test
    void aCodeIsVoidOnceTheAddressIsProvenOtherwise() {
        Member unproven = Member.unproven(DATABASE);
        unproven.register();
        String code = unproven.code();
        unproven.accounts.recover(new Recover(unproven.email));
        reset(unproven, unproven.code());
        assertThat(refusal(unproven, code)).isEqualTo("INVALID_CODE");
        assertThat(unproven.accounts
                        .signIn(new SignIn(unproven.email, NEW_PASSWORD))
                        .token())
                .isNotEmpty();
    }

    @Test
    void setsANewPasswordOnceEndsSessionsAndConfirms() {
        Member unproven = Member.unproven(DATABASE);
        SignedIn before = unproven.signIn();
        unproven.accounts.recover(new Recover(" " + unproven.email.toUpperCase(Locale.ROOT)));
        String code = unproven.code();

        reset(unproven, code);

        assertThat(codeOf(() -> unproven.accounts.refresh(new Refresh(before.refreshToken()))))
                .isEqualTo("INVALID_SESSION");
        assertThat(codeOf(unproven::signIn)).isEqualTo("INVALID_CREDENTIALS");
        SignedIn after = unproven.accounts.signIn(new SignIn(unproven.email, NEW_PASSWORD));
        assertThat(unproven.principal(after).roles()).containsExactly("confirmed");
        assertThat(codeOf(() -> reset(unproven, code))).isEqualTo("INVALID_CODE");
    }

    @Test
    void doesNotTellAtRecoveryWhoHasAnAccount() {
        Member owner = Member.registered(DATABASE);
        owner.noted.work();
        for (Member each : List.of(owner, stranger)) {
            for (int again = 0; again < 3; again++) { // those beyond the limit are answered alike
                each.accounts.recover(new Recover(each.email));
            }
        }
        assertThat(owner.noted.work()).isEqualTo(stranger.noted.work()).isNotEmpty();
        assertThat(stranger.letters()).isEmpty();
        assertThat(owner.letters())
                .singleElement()
                .satisfies(mail -> assertThat(mail.to()).isEqualTo(owner.email));

        long nobody = stranger.passwords.computations();
        long somebody = owner.passwords.computations();
        assertThat(codeOf(() -> reset(stranger, WRONG))).isEqualTo("INVALID_CODE");
        assertThat(codeOf(() -> reset(owner, WRONG))).isEqualTo("INVALID_CODE");
        assertThat(stranger.passwords.computations() - nobody)
                .isEqualTo(owner.passwords.computations() - somebody)
                .isEqualTo(1);
        assertThat(owner.noted.work()).isEqualTo(stranger.noted.work()).isNotEmpty();
        assertThat(attempts(owner.email)).isEqualTo(attempts(stranger.email)).containsExactly(1);
    }

    @Test
    void keepsNoCodeAnywhere() {
        stranger.register();
        String code = stranger.code().replace("-", "");
        String rows = DATABASE.jdbi()
                .withHandle(
                        handle -> handle.createQuery("select string_agg(c::text, ' ') from accounts.address_codes c")
                                .mapTo(String.class)
                                .one());
        assertThat(rows).doesNotContain(code, stranger.email);
        assertThat(stranger.jobs.enqueued(Letters.TYPE).toString()).doesNotContain(code, stranger.email);
    }

    @Test
    void clearsCodesAwayThatHaveExpired() {
        Member late = new Member(DATABASE, ConfirmationMode.REQUIRED);
        stranger.register();
        stranger.letters();
        assertThat(attempts(stranger.email)).hasSize(1);
        late.clock.advance(CodeOptions.defaults().confirmationLifetime());
        for (int letter = 0;
                letter < 5 && !attempts(stranger.email).isEmpty();
                letter++) { // of other tests there are some, too
            late.register();
            assertThat(late.letters()).hasSize(1);
            late.clock.advance(PAUSE);
        }
        assertThat(attempts(stranger.email)).isEmpty();
        assertThat(attempts(late.email)).hasSize(1);
    }

    @Test
    void findsWhoHasConfirmed() {
        Member owner = Member.registered(DATABASE);
        assertThat(owner.accounts
                        .find(new FindUser(owner.email.toUpperCase(Locale.ROOT)))
                        .userId())
                .isEqualTo(owner.id());
        assertThat(codeOf(() -> owner.accounts.find(new FindUser("nobody")))).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void takesAnyCodeOnceForEachAddressWhereConfirmationIsOff() {
        Member anybody = new Member(DATABASE, ConfirmationMode.OFF);
        anybody.register();
        assertThat(anybody.letters()).isEmpty();

        SignedIn signedIn = anybody.confirm("ANY");

        assertThat(anybody.principal(signedIn).roles()).containsExactly("confirmed");
        assertThat(anybody.accounts.me(anybody.id()).confirmed())
                .as("nobody has shown it")
                .isFalse();
        assertThat(codeOf(() -> confirmWith(anybody, "ANY", NEW_PASSWORD))).isEqualTo("INVALID_CODE");
        assertThat(anybody.signIn().token()).isNotEmpty();
    }
}
