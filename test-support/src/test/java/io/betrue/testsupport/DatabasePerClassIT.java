package io.betrue.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabasePerClassIT {
    private static final AtomicInteger MIGRATIONS = new AtomicInteger();

    @RegisterExtension
    static final TestDatabase FIRST = TestDatabase.migratedBy("notes", DatabasePerClassIT::migrate);

    @RegisterExtension
    static final TestDatabase SECOND = TestDatabase.migratedBy("notes", DatabasePerClassIT::migrate);

    @RegisterExtension
    static final TestDatabase EMPTY = TestDatabase.empty();

    private static void migrate(DataSource dataSource) {
        MIGRATIONS.incrementAndGet();
        query(dataSource, "create table notes (text text)");
    }

    @Test
    void sharesOneServerAndMigratesOnce() {
        String started = "select pg_postmaster_start_time()::text || inet_server_port()";

        assertThat(query(FIRST.dataSource(), started))
                .isEqualTo(query(SECOND.dataSource(), started))
                .isEqualTo(query(EMPTY.dataSource(), started));
        assertThat(MIGRATIONS).hasValue(1);
    }

    @Test
    void keepsTwoDatabasesApart() {
        query(FIRST.dataSource(), "insert into notes values ('only here')");

        assertThat(query(FIRST.dataSource(), "select text from notes")).containsExactly("only here");
        assertThat(query(SECOND.dataSource(), "select text from notes")).isEmpty();
        assertThat(query(EMPTY.dataSource(), "select to_regclass('notes') is null"))
                .containsExactly("t");
        assertThat(FIRST.jdbcUrl()).contains(FIRST.name()).isNotEqualTo(SECOND.jdbcUrl());
        System.out.println("copied a template in " + FIRST.copyTime().toMillis() + " ms, then in "
                + SECOND.copyTime().toMillis() + " ms and " + EMPTY.copyTime().toMillis() + " ms");
    }

    @Test
    void dropsTheDatabaseAfterTheClass() {
        TestDatabase other = TestDatabase.empty();
        other.open();
        String name = other.name();
        other.close();
        other.close();

        assertThat(query(EMPTY.dataSource(), "select datname from pg_database where datname = '" + name + "'"))
                .isEmpty();
        assertThatThrownBy(other::dataSource)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    private static List<String> query(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> values = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
