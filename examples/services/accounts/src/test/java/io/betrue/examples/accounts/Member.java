package io.betrue.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Principal;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import io.betrue.jobs.testing.TestJobs;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a letter box, and perhaps with an account. */
final class Member {
    static final String PASSWORD = "correct horse";
    private static final Pattern CODE = Pattern.compile("Your code is (\\S+)");

    final TestJobs jobs = TestJobs.create();
    final Fixture.StandingClock clock = new Fixture.StandingClock();
    final Passwords passwords = Fixture.passwords();
    final NotedDataSource noted;
    final Accounts accounts;
    final String email = "member-" + UUID.randomUUID() + "@example.org";
    private final Fixture database;
    private final Letters letters;
    private final Tokens tokens = new Tokens(Fixture.TOKENS, clock, new SecureRandom());
    private final List<Mail> box = new ArrayList<>();

    /** Somebody without an account. */
    Member(Fixture database, ConfirmationMode confirmation) {
        this.database = database;
        noted = new NotedDataSource(database.dataSource());
        accounts = database.accounts(noted.dataSource(), Fixture.options(confirmation, 30), passwords, jobs, clock);
        letters = new Letters(database.dataSource(), CodeOptions.defaults(), box::add, clock, new SecureRandom());
    }

    /** Opens an account as people do. */
    static Member registered(Fixture database) {
        Member member = new Member(database, ConfirmationMode.REQUIRED);
        member.register();
        member.confirm(member.code());
        return member;
    }

    /** Leaves an account as it was before there were letters first: with a password, and without a proof. */
    static Member unproven(Fixture database) {
        Member member = new Member(database, ConfirmationMode.REQUIRED);
        String hash = member.passwords.hash(PASSWORD);
        Users.User user = new Users.User(UUID.randomUUID(), member.email, hash, false, member.clock.instant());
        boolean added =
                database.jdbi().withHandle(handle -> Users.add(handle, user).isPresent());
        assertThat(added).isTrue();
        return member;
    }

    void register() {
        accounts.register(new Register(email));
    }

    SignedIn confirm(String code) {
        return accounts.confirm(new Confirm(email, code, PASSWORD));
    }

    SignedIn signIn() {
        return accounts.signIn(new SignIn(email, PASSWORD));
    }

    UUID id() {
        return database.jdbi()
                .withHandle(handle -> Users.find(handle, email))
                .orElseThrow()
                .id();
    }

    Principal principal(SignedIn signedIn) {
        return tokens.verify(signedIn.token()).orElseThrow();
    }

    UUID session(SignedIn signedIn) {
        return UUID.fromString(principal(signedIn).attributes().get("session"));
    }

    /** {@return the letters that have come since the last look} */
    List<Mail> letters() {
        box.clear();
        jobs.runDue(worker -> letters.handle(worker, 1));
        return List.copyOf(box);
    }

    /** {@return the code of the only letter that has come since the last look} */
    String code() {
        List<Mail> come = letters();
        if (come.size() != 1) {
            throw new AssertionError("expected one letter, were " + come);
        }
        Matcher code = CODE.matcher(come.get(0).text());
        if (!code.find()) {
            throw new AssertionError("a letter without a code: " + come.get(0).text());
        }
        return code.group(1);
    }
}
