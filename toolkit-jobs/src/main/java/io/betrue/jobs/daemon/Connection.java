package io.betrue.jobs.daemon;

import io.betrue.jobs.Jobs;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the jobs are: the options that all commands have. The address says in which of the backends, whose classes are loaded then. */
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class Connection {
    private static final int FEW = 2;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            defaultValue = "${env:JOBS_URL:-${env:JOBS_DATABASE_URL}}",
            description =
                    "Where the jobs are: jdbc:postgresql://127.0.0.1/shop, or nats://127.0.0.1:4222, tls://, several with"
                            + " commas (JOBS_URL, or JOBS_DATABASE_URL).")
    private String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = "${env:JOBS_USER:-${env:JOBS_DATABASE_USER}}",
            description = "The user there, where the URL names none (JOBS_USER, or JOBS_DATABASE_USER).")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            interactive = true,
            arity = "0..1",
            defaultValue = "${env:JOBS_PASSWORD:-${env:JOBS_DATABASE_PASSWORD}}",
            description = "The user's password, or the token of NATS without a user; better by JOBS_PASSWORD, or"
                    + " JOBS_DATABASE_PASSWORD, since others see command lines; asked for when no value follows.")
    private char @Nullable [] password;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "${env:JOBS_SCHEMA:-jobs}",
            description = "PostgreSQL: the schema with the tables of the jobs, ${DEFAULT-VALUE} (JOBS_SCHEMA).")
    private String schema;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "${env:JOBS_NAMESPACE:-jobs}",
            description = "NATS: what the names of the jobs' streams begin with, ${DEFAULT-VALUE} (JOBS_NAMESPACE).")
    private String namespace;

    String url() {
        return url;
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password == null ? null : new String(password);
    }

    String schema() {
        return schema;
    }

    String namespace() {
        return namespace;
    }

    /** {@return whether there are connections that must be counted} */
    boolean isDatabase() {
        String lower = url.toLowerCase(Locale.ROOT);
        return !lower.startsWith("nats:") && !lower.startsWith("tls:");
    }

    /**
     * {@return the place, connected; the caller closes it}
     *
     * @param size how many connections a pool has at most
     */
    Backend open(int size) {
        return isDatabase() ? new PostgresBackend(this, size) : new NatsBackend(this);
    }

    /** {@return the place, for a single command} */
    Backend open() {
        return open(FEW);
    }

    /** Does something with the jobs, on a connection that is closed afterwards. */
    int with(Function<Jobs, Integer> action) {
        try (Backend backend = open()) {
            return backend.with(action);
        }
    }
}
