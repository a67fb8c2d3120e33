package io.betrue.jobs.daemon;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.betrue.jobs.JobException;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.postgres.PatientDataSource;
import io.betrue.jobs.postgres.PostgresJobs;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/** Where the jobs are: the options that all commands have. */
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class Connection {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "JDBC-URL",
            defaultValue = "${env:JOBS_DATABASE_URL}",
            description = "The database, such as jdbc:postgresql://127.0.0.1/shop (JOBS_DATABASE_URL).")
    private String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "${env:JOBS_DATABASE_USER}",
            description = "Its user, where the URL names none (JOBS_DATABASE_USER).")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            interactive = true,
            arity = "0..1",
            defaultValue = "${env:JOBS_DATABASE_PASSWORD}",
            description =
                    "Its password, better by JOBS_DATABASE_PASSWORD, since others see command lines; asked for when"
                            + " no value follows.")
    private char @Nullable [] password;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "${env:JOBS_SCHEMA:-jobs}",
            description = "The schema with the tables of the jobs, ${DEFAULT-VALUE} (JOBS_SCHEMA).")
    private String schema;

    String schema() {
        return schema;
    }

    /** {@return a pool; the caller closes it} */
    HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setPoolName("jobs");
        try {
            config.setDataSource(new PatientDataSource(source()));
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JobException("the database does not answer: " + cause.getMessage(), e);
        } catch (RuntimeException e) { // without the address, in which there may be a password
            throw new IllegalArgumentException(
                    "no driver takes the --url; it looks like jdbc:postgresql://host/database", e);
        }
    }

    private DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setApplicationName("jobs");
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(new String(password));
        }
        return source;
    }

    Jobs jobs(DataSource pool) {
        return PostgresJobs.create(pool, config -> config.schema(schema));
    }

    /** Does something with the jobs, on a small pool that is closed afterwards. */
    int with(Function<Jobs, Integer> action) {
        try (HikariDataSource pool = pool(2);
                Jobs jobs = jobs(pool)) {
            return action.apply(jobs);
        }
    }
}
