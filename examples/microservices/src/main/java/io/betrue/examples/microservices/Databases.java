package io.betrue.examples.microservices;

import io.betrue.examples.wallet.StartException;
import io.betrue.localservers.EmbeddedPostgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** A database for each service on one server. */
final class Databases {
    private final EmbeddedPostgres server;

    Databases(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Makes those that are missing. */
    void create() {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
            for (Tables tables : Tables.values()) {
                create(connection, name(tables));
            }
        } catch (SQLException e) {
            throw new StartException("the databases of the services cannot be made: " + e.getMessage(), e);
        }
    }

    private static void create(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, name);
            try (ResultSet found = query.executeQuery();
                    Statement statement = connection.createStatement()) {
                if (!found.next()) {
                    statement.execute("create database " + name);
                }
            }
        }
    }

    private static String name(Tables tables) {
        return tables.name().toLowerCase(Locale.ROOT);
    }

    /** {@return the address of a service's database, with user and password} */
    String url(Tables tables) {
        String password = URLEncoder.encode(server.password(), StandardCharsets.UTF_8);
        String host = server.jdbcUrl().replaceFirst("^jdbc:postgresql://", "").replaceFirst("/.*", "");
        return "postgres://" + server.user() + ":" + password + "@" + host + "/" + name(tables);
    }
}
