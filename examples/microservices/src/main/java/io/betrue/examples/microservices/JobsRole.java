package io.betrue.examples.microservices;

import io.betrue.examples.accounts.Letters;
import io.betrue.examples.files.Sweep;
import io.betrue.examples.ledger.Ledger;
import io.betrue.examples.ledger.LedgerOptions;
import io.betrue.examples.ledger.Reconciliation;
import io.betrue.examples.ledger.Statements;
import io.betrue.examples.wallet.Health;
import io.betrue.examples.wallet.InnerWorker;
import io.betrue.examples.wallet.StatementLog;
import io.betrue.examples.wallet.Storage;
import io.betrue.examples.wallet.telemetry.Instruments;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.WorkerConfig;
import io.betrue.jobs.daemon.JobApplication;
import io.betrue.process.Run;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the jobs of every service, each from the database of that service: no other process waits for mail servers and long counts. */
final class JobsRole {
    private static final Logger log = LoggerFactory.getLogger(JobsRole.class);
    private static final int LETTERS_AT_ONCE = 2;
    private static final int STATEMENTS_AT_ONCE = 4;

    /** One that listens for jobs, four that the worker takes for single statements. */
    private static final int WORKER_CONNECTIONS = 1 + 4;

    private JobsRole() {}

    static void start(Run run, Launched launched, JobsRoleConfig config) {
        run.stopWithin(config.process.stopTimeout);
        Instruments instruments = Instrumented.in(run, config.telemetry, "jobs");
        Store accounts =
                new Store("jobs", config.accounts, Tables.ACCOUNTS, WORKER_CONNECTIONS + LETTERS_AT_ONCE, instruments);
        Store ledger = new Store(
                "jobs", config.ledger, Tables.LEDGER, WORKER_CONNECTIONS + STATEMENTS_AT_ONCE + 1, instruments);
        Store files = new Store("jobs", config.swept, Tables.FILES, WORKER_CONNECTIONS + 1, instruments);
        HealthServer health = new HealthServer(
                config.process, new Health(run::readiness, () -> fault(List.of(accounts, ledger, files))));
        health.startIn(run);
        accounts.startIn(run);
        ledger.startIn(run);
        files.startIn(run);
        Storage storage = run.start("storage", () -> Storage.of(config.files, config.bytes.dataDir), Storage::close);
        work(run, "letters", accounts, new OfAccounts(config), instruments);
        work(run, "statements", ledger, new OfLedger(), instruments);
        work(run, "sweep", files, new OfFiles(storage), instruments);
        log.info("jobs are run, health at {}", health.url());
        launched.ready(run, health.url());
    }

    private static Optional<String> fault(List<Store> stores) {
        return stores.stream()
                .filter(store -> !store.answers())
                .findFirst()
                .map(store -> "no database of " + store.name());
    }

    private static void work(Run run, String name, Store store, JobApplication work, Instruments instruments) {
        InnerWorker worker = new InnerWorker(store.backgroundDataSource(), Tables.JOBS, work, instruments);
        run.step(name, worker::start, () -> stop(run, worker), part -> part.stopWithin(run.timeLeft()));
    }

    private static void stop(Run run, InnerWorker worker) {
        worker.stop(run.timeLeft().dividedBy(2)); // the rest is for what comes after
        worker.close();
    }

    private record OfAccounts(JobsRoleConfig config) implements JobApplication {
        @Override
        public void configure(WorkerConfig worker, Surroundings surroundings) {
            new Letters(
                            surroundings.dataSource(),
                            config.codes.codes(),
                            config.letters.mailer(),
                            Clock.systemUTC(),
                            new SecureRandom())
                    .handle(worker, LETTERS_AT_ONCE);
        }
    }

    private static final class OfLedger implements JobApplication {
        @Override
        public void configure(WorkerConfig worker, Surroundings surroundings) {
            Ledger ledger = new Ledger(surroundings.dataSource(), LedgerOptions.defaults(), Clock.systemUTC());
            worker.queue(Statements.QUEUE, STATEMENTS_AT_ONCE)
                    .handle(Statements.TYPE, Statements.handler(ledger, new StatementLog()))
                    .queue(Reconciliation.QUEUE, 1)
                    .handle(Reconciliation.TYPE, new Reconciliation(surroundings.dataSource()));
        }

        @Override
        public List<Schedule<?>> schedules() {
            return List.of(Reconciliation.nightly());
        }
    }

    private record OfFiles(Storage storage) implements JobApplication {
        @Override
        public void configure(WorkerConfig worker, Surroundings surroundings) {
            worker.queue(Sweep.QUEUE, 1)
                    .handle(Sweep.TYPE, new Sweep(surroundings.dataSource(), storage.files(), Clock.systemUTC()));
        }

        @Override
        public List<Schedule<?>> schedules() {
            return List.of(Sweep.often());
        }
    }
}
