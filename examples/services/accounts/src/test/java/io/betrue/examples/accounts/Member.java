package io.betrue.examples.accounts;

import io.betrue.commands.Principal;
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

/** Somebody with an account and a letter box. */
final class Member {
    static final String PASSWORD = "correct horse";
    private static final Pattern CODE = Pattern.compile("Your code is (\\S+)");

    final TestJobs jobs = TestJobs.create();
    final Fixture.StandingClock clock = new Fixture.StandingClock();
    final Passwords passwords = Fixture.passwords();
    final Accounts accounts;
    final String email = "member-" + UUID.randomUUID() + "@example.org";
    final UUID id;
    private final Letters letters;
    private final Tokens tokens = new Tokens(Fixture.TOKENS, clock, new SecureRandom());
    private final List<Mail> box = new ArrayList<>();

    Member(Fixture database) {
        this(database, ConfirmationMode.REQUIRED);
    }

    Member(Fixture database, ConfirmationMode confirmation) {
        accounts = database.accounts(passwords, confirmation, jobs, clock);
        letters = new Letters(database.dataSource(), CodeOptions.defaults(), box::add, clock, new SecureRandom());
        id = accounts.register(new Register(email, PASSWORD)).userId();
    }

    SignedIn signIn() {
        return accounts.signIn(new SignIn(email, PASSWORD));
    }

    Principal principal(String token) {
        return tokens.verify(token).orElseThrow();
    }

    UUID session(SignedIn signedIn) {
        return UUID.fromString(principal(signedIn.token()).attributes().get("session"));
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
