package io.betrue.examples.accounts;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.jobs.testing.TestJobs;
import io.betrue.testsupport.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Accounts on a fresh database with a pool of connections and a clock that stands still, for one test class. */
final class Fixture implements BeforeAllCallback, AfterAllCallback {
    static final SigningKeys KEYS =
            SigningKeys.of("a key for tests with at least 32 bytes".getBytes(StandardCharsets.UTF_8));
    static final TokenOptions TOKENS = TokenOptions.of(KEYS, "betrue-tests", "betrue-monolith");

    private final TestDatabase database = TestDatabase.migratedBy("accounts", AccountsMigrations::migrate);
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

    Jdbi jdbi() {
        return Jdbi.create(pool);
    }

    /** {@return accounts that any code opens} */
    Accounts accounts(Passwords passwords, Clock clock) {
        return accounts(pool, options(ConfirmationMode.OFF, 30), passwords, TestJobs.create(), clock);
    }

    Accounts accounts(DataSource dataSource, AccountsOptions options, Passwords passwords, TestJobs jobs, Clock clock) {
        return new Accounts(
                new Database(dataSource), options, passwords, connection -> jobs, clock, new SecureRandom());
    }

    static AccountsOptions options(ConfirmationMode confirmation, int callsPerMinute) {
        return new AccountsOptions(
                TOKENS,
                PasswordOptions.defaults(),
                SessionOptions.defaults(),
                CodeOptions.defaults(),
                confirmation,
                callsPerMinute);
    }

    /** {@return password checks with the least cost and a long patience} */
    static Passwords passwords() {
        return new Passwords(new PasswordOptions(19 * 1024, 2, 1, 2, Duration.ofMinutes(1)), new SecureRandom());
    }

    static Problem problemOf(Runnable action) {
        return catchThrowableOfType(ProblemException.class, action::run).problem();
    }

    static String codeOf(Runnable action) {
        return problemOf(action).code().name();
    }

    /** A clock that moves when told to. */
    static final class StandingClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        synchronized void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
