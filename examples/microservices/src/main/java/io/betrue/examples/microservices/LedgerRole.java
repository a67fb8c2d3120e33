package io.betrue.examples.microservices;

import io.betrue.commands.gateway.Resilience;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.ledger.LedgerOptions;
import io.betrue.examples.ledger.LedgerService;
import io.betrue.examples.ledger.Statements;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.process.Run;
import java.time.Clock;

/** Whose money is where. Asks accounts whether there is a receiver; statements are ordered here and sent by {@link JobsRole}. */
final class LedgerRole {
    private static final int BACKGROUND_CONNECTIONS = 1; // there is none

    private LedgerRole() {}

    static void start(Run run, Launched launched, LedgerRoleConfig config) {
        ServiceProcess process = new ServiceProcess(run, "ledger", config, Tables.LEDGER, BACKGROUND_CONNECTIONS);
        Joined others = process.join();
        PostgresJobs jobs = run.start(
                "jobs",
                () -> PostgresJobs.create(
                        process.store().dataSource(),
                        c -> c.schema(Tables.JOBS)
                                .openTelemetry(process.instruments().openTelemetry())),
                PostgresJobs::close);
        Ledger ledger = new Ledger(process.store().dataSource(), LedgerOptions.defaults(), Clock.systemUTC());
        process.serve(others, launched, commands -> {
            new LedgerService(ledger, new Statements(ledger, jobs)).handle(commands);
            commands.forward("accounts/*", Resilience.around("accounts", others.client()));
        });
    }
}
