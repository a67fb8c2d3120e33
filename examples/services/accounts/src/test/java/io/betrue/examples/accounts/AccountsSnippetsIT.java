package io.betrue.examples.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Principal;
import io.betrue.examples.accounts.api.Confirm;
import io.betrue.examples.accounts.api.Register;
import io.betrue.examples.accounts.api.SignIn;
import io.betrue.examples.accounts.api.SignedIn;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.testing.TestJobs;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountsSnippetsIT {
    @RegisterExtension
    static final Fixture DATABASE = new Fixture();

    @Test
    void sendsLetters() {
        DataSource dataSource = DATABASE.dataSource();
        SecureRandom random = new SecureRandom();
        // tag::letters[]
        Mailer mailer = Mailer.firstOf(List.of(
                SmtpMailer.of(URI.create("smtps://user:password@mail.example.org"), "wallet@example.org"),
                new LogMailer()));
        Letters letters = new Letters(dataSource, CodeOptions.defaults(), mailer, Clock.systemUTC(), random);
        Consumer<WorkerConfig> handlers = worker -> letters.handle(worker, 2);
        // end::letters[]

        TestJobs jobs = TestJobs.create();
        jobs.enqueue(Letters.TYPE, new Letters.Wanted("nobody@example.org", "recovery"));
        assertThat(jobs.runDue(handlers).succeeded())
                .as("there is nobody to write to")
                .hasSize(1);
    }

    @Test
    void signsIn() {
        DataSource dataSource = DATABASE.dataSource();
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[32];
        random.nextBytes(key);

        TestJobs queue = TestJobs.create();
        TransactionalJobs jobs = connection -> queue;
        List<String> box = new ArrayList<>();
        Letters letters = new Letters(
                dataSource,
                CodeOptions.defaults(),
                mail -> box.add(mail.text().replaceFirst("(?s)Your code is (\\S+).*", "$1")),
                Clock.systemUTC(),
                random);
        Supplier<String> code = () -> {
            queue.runDue(worker -> letters.handle(worker, 1));
            return box.get(0);
        };

        // tag::use[]
        TokenOptions tokenOptions = TokenOptions.of(SigningKeys.of(key), "my-application", "my-application");
        AccountsMigrations.migrate(dataSource);
        Accounts accounts = new Accounts(dataSource, AccountsOptions.of(tokenOptions), jobs, Clock.systemUTC(), random);

        accounts.register(new Register("ann@example.org")); // a letter with a code goes there
        SignedIn opened = accounts.confirm(new Confirm("ann@example.org", code.get(), "correct horse"));
        SignedIn signedIn = accounts.signIn(new SignIn("ann@example.org", "correct horse"));

        Tokens tokens = new Tokens(tokenOptions, Clock.systemUTC(), random); // without a database
        Optional<Principal> caller = tokens.verify(signedIn.token());
        // end::use[]

        assertThat(caller)
                .map(Principal::id)
                .isEqualTo(tokens.verify(opened.token()).map(Principal::id));
        assertThat(caller).map(Principal::roles).contains(Set.of("confirmed"));
    }
}
