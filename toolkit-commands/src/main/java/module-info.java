import org.jspecify.annotations.NullMarked;

/** Business commands that know no transport, and transports for them. */
@NullMarked
module io.betrue.commands {
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires transitive io.betrue.errors;
    requires transitive io.betrue.schema;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires static io.javalin;
    requires static org.eclipse.jetty.websocket.api;
    requires transitive java.net.http;
    requires static transitive io.nats.jnats;
    requires static transitive org.jspecify;
    requires static transitive java.sql;
    requires static dev.failsafe.core;
    requires org.slf4j;

    exports io.betrue.commands;
    exports io.betrue.commands.gateway;
    exports io.betrue.commands.http;
    exports io.betrue.commands.hub;
    exports io.betrue.commands.hub.nats;
    exports io.betrue.commands.nats;
    exports io.betrue.commands.postgres;
    exports io.betrue.commands.ws;
}
