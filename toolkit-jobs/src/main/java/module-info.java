import org.jspecify.annotations.NullMarked;

/** Durable background jobs, in the application or as a daemon of its own. */
@NullMarked
module io.betrue.jobs {
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires transitive java.sql;
    requires static com.zaxxer.hikari;
    requires static flyway.core;
    requires static info.picocli;
    requires static transitive io.nats.jnats;
    requires static io.javalin;
    requires static jdk.httpserver;
    requires static transitive org.jdbi.v3.core;
    requires static transitive org.jspecify;
    requires static org.postgresql.jdbc;
    requires org.slf4j;

    exports io.betrue.jobs;
    exports io.betrue.jobs.daemon;
    exports io.betrue.jobs.dashboard;
    exports io.betrue.jobs.events;
    exports io.betrue.jobs.nats;
    exports io.betrue.jobs.postgres;
    exports io.betrue.jobs.testing;

    opens io.betrue.jobs.daemon to
            info.picocli;

    uses io.betrue.jobs.daemon.JobApplication;
}
