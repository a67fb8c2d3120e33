package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.ChangePassword;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.ResetPassword;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new password must not be, whichever way it comes, and what may go on. */
class NewPasswordsIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Member member = Member.registered(DATABASE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1",
                "PassWord1",
                "jennifer",
                "\uFF50\uFF41\uFF53\uFF53\uFF57\uFF4F\uFF52\uFF44\uFF11" // "password1" in full width
            })
    void refusesFrequentOnesInWhateverCaseAndForm(String password) {
        assertThat(faults(reset("ann@example.org", password))).containsExactly("/password TOO_COMMON");
    }

    @ParameterizedTest
    @CsvSource({
        "ann.other@example.org,ann.other@example.org",
        "Ann.Other@example.org,ann.other@EXAMPLE.org",
        "ann.other@example.org,ann.other",
        "ann.other@example.org,Ann.Other",
        // frequent, too: it is told once
        "jennifer@example.org,jennifer",
    })
    void refusesTheAddressAndWhatStandsBeforeItsAt(String email, String password) {
        assertThat(faults(reset(email, password))).containsExactly("/password SAME_AS_EMAIL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann.othe", "ann.other!", "example.org", "ann.other@example.com", "password1 it is"})
    void takesWhatOnlyResemblesThem(String password) {
        assertThat(Credentials.of(new ResetPassword("ann.other@example.org", "", password))
                        .password())
                .isEqualTo(password);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"jennifer", "jennifer@"})
    void tellsWhatIsWrongWithTheAddressBesides(@Nullable String email) {
        assertThat(problemOf(() -> Credentials.of(new ResetPassword(email, "", "password1")))
                        .errors())
                .extracting(FieldError::at)
                .containsExactly("/email", "/password");
        assertThat(problemOf(() -> Credentials.of(new ResetPassword(email, "", null)))
                        .errors())
                .extracting(FieldError::at, FieldError::code)
                .contains(tuple("/password", "REQUIRED"))
                .hasSize(2);
    }

    @Test
    void tellsItInRussianToo() {
        ErrorCatalogue catalogue = ErrorCatalogue.of(AccountsError.values())
                .messages("io.betrue.examples.accounts.errors", Locale.forLanguageTag("ru"));
        Problem common = reset("ann.other@example.org", "password1");
        Problem same = reset("ann.other@example.org", "ann.other");

        assertThat(detail(catalogue, common, "en")).isEqualTo("is one of the most frequent passwords");
        assertThat(detail(catalogue, common, "ru")).isEqualTo("один из самых распространённых паролей");
        assertThat(detail(catalogue, same, "en"))
                .isEqualTo("must not be the e-mail address or what stands before its @");
        assertThat(detail(catalogue, same, "ru"))
                .isEqualTo("не должно совпадать с адресом электронной почты или его частью до @");
    }

    private static @Nullable String detail(ErrorCatalogue catalogue, Problem problem, String language) {
        return catalogue.localise(problem, language).problem().errors().get(0).detail();
    }

    @Test
    void holdsARegistrationToIt() {
        assertThat(faults(problemOf(
                        () -> member.accounts.confirm(new Confirm("bob@example.org", "00000-00000", "password1")))))
                .containsExactly("/password TOO_COMMON");
    }

    @Test
    void holdsARecoveryToIt() {
        assertThat(faults(problemOf(() ->
                        member.accounts.resetPassword(new ResetPassword(member.email, "00000-00000", "password1")))))
                .containsExactly("/password TOO_COMMON");
    }

    @Test
    void holdsAChangeToItAndToTheAddressOfTheAccount() {
        SignedIn here = member.signIn();

        assertThat(faults(change(here, "password1"))).containsExactly("/newPassword TOO_COMMON");
        assertThat(faults(change(here, member.email))).containsExactly("/newPassword SAME_AS_EMAIL");
        assertThat(faults(change(here, member.email.substring(0, member.email.indexOf('@')))))
                .containsExactly("/newPassword SAME_AS_EMAIL");
        assertThat(member.signIn().token()).isNotEmpty();
    }

    @Test
    void letsOlderOnesInAndBeChanged() {
        DATABASE.jdbi()
                .useHandle(
                        handle -> handle.createUpdate("update accounts.users set password_hash = :hash where id = :id")
                                .bind("hash", member.passwords.hash("password1"))
                                .bind("id", member.id())
                                .execute());

        SignedIn here = member.accounts.signIn(new SignIn(member.email, "password1"));
        member.accounts.changePassword(
                member.id(), member.session(here), new ChangePassword("password1", Member.PASSWORD));
        assertThat(member.signIn().token()).isNotEmpty();
    }

    private Problem change(SignedIn here, String changed) {
        return problemOf(() -> member.accounts.changePassword(
                member.id(), member.session(here), new ChangePassword(Member.PASSWORD, changed)));
    }

    private static Problem reset(String email, String password) {
        return problemOf(() -> Credentials.of(new ResetPassword(email, "", password)));
    }

    private static Iterable<String> faults(Problem problem) {
        assertThat(problem.code().name()).isEqualTo("VALIDATION_FAILED");
        return problem.errors().stream()
                .map(error -> error.at() + " " + error.code())
                .toList();
    }
}
