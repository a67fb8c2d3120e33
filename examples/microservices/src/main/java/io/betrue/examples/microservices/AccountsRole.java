package io.betrue.examples.microservices;

import io.betrue.examples.accounts.Accounts;
import io.betrue.examples.accounts.AccountsOptions;
import io.betrue.examples.accounts.AccountsService;
import io.betrue.examples.accounts.PasswordOptions;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.process.Run;
import java.security.SecureRandom;
import java.time.Clock;

/** Who users are. Letters are ordered here and sent by {@link JobsRole}. */
final class AccountsRole {
    private static final int BACKGROUND_CONNECTIONS = 1; // there is none

    private AccountsRole() {}

    static void start(Run run, Launched launched, AccountsRoleConfig config) {
        ServiceProcess process = new ServiceProcess(run, "accounts", config, Tables.ACCOUNTS, BACKGROUND_CONNECTIONS);
        Joined others = process.join();
        PostgresJobs jobs = run.start(
                "jobs",
                () -> PostgresJobs.create(
                        process.store().dataSource(),
                        c -> c.schema(Tables.JOBS)
                                .openTelemetry(process.instruments().openTelemetry())),
                PostgresJobs::close);
        AccountsOptions options = new AccountsOptions(
                Joined.tokens(config.tokenSecret()).lifetime(config.accounts.tokenLifetime),
                PasswordOptions.defaults(),
                config.accounts.sessions(),
                config.codes.codes(),
                config.accounts.confirmation,
                config.accounts.callsPerMinute);
        Accounts accounts =
                new Accounts(process.store().dataSource(), options, jobs::in, Clock.systemUTC(), new SecureRandom());
        process.serve(others, launched, new AccountsService(accounts)::handle);
    }
}
