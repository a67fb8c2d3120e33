package io.betrue.examples.accounts;

import static io.betrue.examples.accounts.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.accounts.api.ChangePassword;
import io.betrue.examples.accounts.api.Refresh;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    private final Member member = Member.registered(DATABASE);

    private SignedIn refresh(SignedIn signedIn) {
        return member.accounts.refresh(new Refresh(signedIn.refreshToken()));
    }

    private void assertEnded(SignedIn signedIn) {
        assertThat(codeOf(() -> refresh(signedIn))).isEqualTo("INVALID_SESSION");
    }

    @Test
    void renewsASessionWithAnotherTokenEachTime() {
        SignedIn first = member.signIn();
        SignedIn second = refresh(first);
        SignedIn third = refresh(second);

        assertThat(List.of(first.refreshToken(), second.refreshToken(), third.refreshToken()))
                .doesNotHaveDuplicates();
        assertThat(member.principal(third).id()).isEqualTo(member.id().toString());
        assertThat(member.session(third)).isEqualTo(member.session(first));
    }

    @Test
    void endsTheSessionWhoseTokenComesTwiceAndNoOther() {
        SignedIn stolen = member.signIn();
        SignedIn other = member.signIn();
        SignedIn thief = refresh(stolen);

        assertEnded(stolen);
        assertEnded(thief);
        assertThat(refresh(other).token()).isNotEmpty();
    }

    @Test
    void letsOneOfManyAtTheSameTimeRenewAndEndsTheSession() throws Exception {
        SignedIn signedIn = member.signIn();
        List<SignedIn> renewed = Together.of(8, () -> refresh(signedIn));

        assertThat(renewed).hasSizeLessThanOrEqualTo(1);
        renewed.forEach(this::assertEnded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "not base 64 at all!",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void refusesWhatIsNoRefreshToken(String text) {
        assertThat(codeOf(() -> member.accounts.refresh(new Refresh(text)))).isEqualTo("INVALID_SESSION");
        assertThat(codeOf(() -> member.accounts.refresh(new Refresh(null)))).isEqualTo("INVALID_SESSION");
    }

    @Test
    void endsSessionsThatAreNotRenewedOrLastTooLong() {
        SignedIn idle = member.signIn();
        assertThat(idle.refreshExpiresAt()).isEqualTo(member.clock.instant().plus(Duration.ofDays(30)));
        SignedIn renewed = member.signIn();
        for (int month = 0; month < 7; month++) {
            member.clock.advance(Duration.ofDays(29));
            if (month < 6) {
                renewed = refresh(renewed);
            }
            if (month == 1) {
                assertEnded(idle);
            }
        }
        assertEnded(renewed); // 203 days: more than 180
    }

    @Test
    void signsOutHereOrEverywhere() {
        SignedIn here = member.signIn();
        SignedIn there = member.signIn();
        member.accounts.signOut(member.id(), member.session(here));
        assertEnded(here);
        there = refresh(there);

        member.accounts.signOutEverywhere(member.id());
        assertEnded(there);
        assertThat(member.principal(there).id())
                .as("its last token is believed until it expires")
                .isEqualTo(member.id().toString());
    }

    @Test
    void endsNoSessionOfAnother() {
        SignedIn signedIn = member.signIn();
        Member other = Member.registered(DATABASE);
        other.accounts.signOut(other.id(), member.session(signedIn));
        other.accounts.signOutEverywhere(other.id());
        assertThat(refresh(signedIn).token()).isNotEmpty();
    }

    @Test
    void aNewPasswordEndsAllOtherSessions() {
        SignedIn here = member.signIn();
        SignedIn there = member.signIn();
        member.accounts.changePassword(
                member.id(), member.session(here), new ChangePassword(Member.PASSWORD, "battery staple"));

        assertEnded(there);
        assertThat(refresh(here).token()).isNotEmpty();
        assertThat(codeOf(member::signIn)).isEqualTo("INVALID_CREDENTIALS");
        assertThat(member.accounts
                        .signIn(new SignIn(member.email, "battery staple"))
                        .token())
                .isNotEmpty();
    }

    @Test
    void refusesANewPasswordWithoutTheOldOneAndSlowsGuessesDown() {
        SignedIn here = member.signIn();
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(change(here, "wrong horse", "battery staple")).isEqualTo("INVALID_CREDENTIALS");
        }
        assertThat(change(here, Member.PASSWORD, "battery staple")).isEqualTo("RATE_LIMITED");
        assertThat(change(here, Member.PASSWORD, "short")).isEqualTo("VALIDATION_FAILED");
    }

    private String change(SignedIn here, String old, String changed) {
        return codeOf(() ->
                member.accounts.changePassword(member.id(), member.session(here), new ChangePassword(old, changed)));
    }

    @Test
    void keepsSoManySessionsOfAUser() {
        SignedIn oldest = member.signIn();
        for (int more = 0; more < SessionOptions.defaults().perUser(); more++) {
            member.clock.advance(Duration.ofSeconds(1));
            member.signIn();
        }
        int kept = DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery("select count(*) from accounts.sessions where user_id = :user")
                        .bind("user", member.id())
                        .mapTo(Integer.class)
                        .one());
        assertThat(kept).isEqualTo(SessionOptions.defaults().perUser());
        assertEnded(oldest);
    }

    @Test
    void keepsNothingThatATokenCouldBeMadeOf() {
        SignedIn signedIn = member.signIn();
        String rows = DATABASE.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select string_agg(s::text, ' ') from accounts.sessions s where user_id = :user")
                        .bind("user", member.id())
                        .mapTo(String.class)
                        .one());
        byte[] token = java.util.Base64.getUrlDecoder().decode(signedIn.refreshToken());
        String hex = java.util.HexFormat.of().formatHex(token);
        assertThat(rows).doesNotContain(hex.substring(0, 32), hex.substring(32));
        assertThat(signedIn.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(200);
    }
}
