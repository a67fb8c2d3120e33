package io.betrue.examples.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.errors.ProblemException;
import io.betrue.testsupport.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A ledger on a fresh database with a pool of connections, for one test class. */
final class Fixture implements BeforeAllCallback, AfterAllCallback {
    private final TestDatabase database = TestDatabase.migratedBy("ledger", LedgerMigrations::migrate);
    private HikariDataSource pool = new HikariDataSource();

    @Override
    public void beforeAll(ExtensionContext context) {
        database.beforeAll(context);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setMaximumPoolSize(16);
        pool = new HikariDataSource(config);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        pool.close();
        database.afterAll(context);
    }

    DataSource dataSource() {
        return pool;
    }

    String jdbcUrl() {
        return database.jdbcUrl();
    }

    Jdbi jdbi() {
        return Jdbi.create(pool);
    }

    Ledger ledger() {
        return ledger(Clock.systemUTC());
    }

    Ledger ledger(Clock clock) {
        return new Ledger(pool, LedgerOptions.defaults(), clock);
    }

    /** {@return the code of the problem that an action ends with, or empty} */
    static String codeOf(Runnable action) {
        try {
            action.run();
            return "";
        } catch (ProblemException e) {
            return e.problem().code().name();
        }
    }

    /** {@return what each of many threads got that were let go together} */
    static <T> List<T> together(int threads, Callable<T> action) throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return action.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
