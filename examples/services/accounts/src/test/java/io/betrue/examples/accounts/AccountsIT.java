package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.codeOf;
import static io.betrue.examples.accounts.Fixture.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.betrue.commands.Principal;
import io.betrue.errors.FieldError;
import io.betrue.errors.Problem;
import io.betrue.examples.accounts.Fixture.StandingClock;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import io.betrue.examples.accounts.api.UserQuery;
import io.betrue.jobs.testing.TestJobs;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class AccountsIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private static final String PASSWORD = "correct horse";

    private final StandingClock clock = new StandingClock();
    private final Passwords passwords = Fixture.passwords();
    private final Accounts accounts = DATABASE.accounts(passwords, clock);
    private final String email = "user-" + UUID.randomUUID() + "@example.org";

    private SignedIn open(String address, @Nullable String password) {
        return accounts.confirm(new Confirm(address, "ANY", password));
    }

    private Principal caller(SignedIn signedIn) {
        return new Tokens(Fixture.TOKENS, clock, new SecureRandom())
                .verify(signedIn.token())
                .orElseThrow();
    }

    @Test
    void signsInWhoRegistered() {
        Principal opened = caller(open(email, PASSWORD));

        SignedIn signedIn = accounts.signIn(new SignIn(email, PASSWORD));

        assertThat(caller(signedIn).id()).isEqualTo(opened.id());
        assertThat(caller(signedIn).roles()).containsExactly("confirmed");
        assertThat(caller(signedIn).attributes()).containsKey("session");
        assertThat(caller(signedIn).attributes().get("session"))
                .isNotEqualTo(opened.attributes().get("session"));
        assertThat(signedIn.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
    }

    @Test
    void takesAnAddressOnceInWhateverCase() {
        open(email, PASSWORD);

        assertThat(codeOf(() -> open(" " + email.toUpperCase(Locale.ROOT), "another horse")))
                .isEqualTo("INVALID_CODE");
        assertThat(accounts.signIn(new SignIn(email.toUpperCase(Locale.ROOT), PASSWORD))
                        .token())
                .isNotEmpty();
    }

    @Test
    void takesThePasswordInAnyUnicodeForm() {
        open(email, "Pa\u00DFw\u00F6rter");

        assertThat(accounts.signIn(new SignIn(email, "Pa\u00DFwo\u0308rter")).token())
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null,REQUIRED",
                "'',INVALID_FORMAT",
                "plain,INVALID_FORMAT",
                "a@b,INVALID_FORMAT",
                "a@b@example.org,INVALID_FORMAT",
                "a b@example.org,INVALID_FORMAT",
                "ä@example.org,INVALID_FORMAT",
                "a@-example.org,INVALID_FORMAT",
                "a@example..org,INVALID_FORMAT",
            })
    void refusesAnAddressThatIsNone(@Nullable String address, String code) {
        for (Runnable door : List.<Runnable>of(
                () -> accounts.register(new Register(address)),
                () -> accounts.confirm(new Confirm(address, "ANY", PASSWORD)))) {
            assertThat(problemOf(door).errors())
                    .extracting(FieldError::at, FieldError::code)
                    .containsExactly(tuple("/email", code));
        }
    }

    @Test
    void refusesAPasswordThatIsTooShortOrTooLong() {
        assertThat(fault("1234567")).isEqualTo("TOO_SHORT");
        assertThat(fault("1".repeat(129))).isEqualTo("TOO_LONG");
        assertThat(fault("1".repeat(1_000_000))).isEqualTo("TOO_LONG");
        assertThat(fault(null)).isEqualTo("REQUIRED");
        assertThat(open(email, "\uD83D\uDE00".repeat(128)).token()).isNotEmpty();
    }

    private String fault(@Nullable String password) {
        Problem problem = problemOf(() -> open(email, password));
        assertThat(problem.code().name()).isEqualTo("VALIDATION_FAILED");
        if (password != null) {
            assertThat(problem.toString()).doesNotContain(password);
            assertThat(new String(problem.toJson(), StandardCharsets.UTF_8)).doesNotContain(password);
        }
        return problem.errors().get(0).code();
    }

    @Test
    void reportsEveryFaultAtOnce() {
        assertThat(problemOf(() -> open("x", "y")).errors())
                .extracting(FieldError::at)
                .containsExactly("/email", "/password");
        assertThat(problemOf(() -> accounts.signIn(new SignIn(null, null))).errors())
                .extracting(FieldError::at)
                .containsExactly("/email", "/password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody@example.org", "no address", "nul\0@example.org", "' or 1=1 --"})
    void answersAnUnknownAddressLikeAWrongPassword(String unknown) {
        open(email, PASSWORD);

        Problem wrong = problemOf(() -> accounts.signIn(new SignIn(email, "wrong horse")));
        Problem absent = problemOf(() -> accounts.signIn(new SignIn(unknown, PASSWORD)));

        assertThat(wrong.code()).isEqualTo(AccountsError.INVALID_CREDENTIALS);
        assertThat(absent.toJson()).isEqualTo(wrong.toJson());
    }

    @Test
    void computesOneHashForAnUnknownAddressAsForAWrongPassword() {
        open(email, PASSWORD);
        long before = passwords.computations();

        codeOf(() -> accounts.signIn(new SignIn(email, "wrong horse")));
        assertThat(passwords.computations()).isEqualTo(before + 1);

        codeOf(() -> accounts.signIn(new SignIn("absent-" + email, "wrong horse")));
        assertThat(passwords.computations()).isEqualTo(before + 2);
    }

    @Test
    void storesTheHashWithItsCostAndRenewsItWhenTheCostChanges() {
        open(email, PASSWORD);
        assertThat(storedHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");

        PasswordOptions dearer = new PasswordOptions(20 * 1024, 3, 1, 1, Duration.ofSeconds(10));
        Accounts later = DATABASE.accounts(new Passwords(dearer, new SecureRandom()), clock);
        codeOf(() -> later.signIn(new SignIn(email, "wrong horse")));
        assertThat(storedHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        later.signIn(new SignIn(email, PASSWORD));
        assertThat(storedHash()).startsWith("$argon2id$v=19$m=20480,t=3,p=1$");

        assertThat(accounts.signIn(new SignIn(email, PASSWORD)).token()).isNotEmpty();
    }

    @Test
    void saysUnavailableWithoutADatabase() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none?user=none");
        Accounts lost = new Accounts(
                nowhere,
                AccountsOptions.of(Fixture.TOKENS),
                connection -> TestJobs.create(),
                clock,
                new SecureRandom());

        Problem problem = problemOf(() -> lost.signIn(new SignIn(email, PASSWORD)));

        assertThat(problem.code().name()).isEqualTo("UNAVAILABLE");
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void saysUnavailableWhenALookAtAUserHasToWait() {
        UUID user = UUID.fromString(caller(open(email, PASSWORD)).id());
        DATABASE.jdbi().useTransaction(handle -> {
            handle.execute("lock table accounts.users in access exclusive mode");

            Problem problem = problemOf(() -> accounts.user(new UserQuery(user)));

            assertThat(problem.code().name()).isEqualTo("UNAVAILABLE");
        });
        assertThat(accounts.user(new UserQuery(user)).userId()).isEqualTo(user);
    }

    @Test
    void hidesSecretsInTexts() {
        assertThat(new Confirm(email, "7KQ4X-9TM2P", PASSWORD).toString()).doesNotContain("7KQ4X", PASSWORD);
        assertThat(new SignIn(email, PASSWORD).toString()).doesNotContain(PASSWORD);
        assertThat(Credentials.of(new SignIn(email, PASSWORD)).toString()).doesNotContain(PASSWORD);
        assertThat(new SignedIn("secret", clock.instant(), "secret", clock.instant()).toString())
                .doesNotContain("secret");
        assertThat(AccountsOptions.of(Fixture.TOKENS).toString()).doesNotContain("a key for tests");
    }

    private String storedHash() {
        return DATABASE.jdbi()
                .withHandle(
                        handle -> handle.createQuery("select password_hash from accounts.users where email = :email")
                                .bind("email", email)
                                .mapTo(String.class)
                                .one());
    }
}
