package io.betrue.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another class of the same run as {@link DatabasePerClassIT}. */
class SecondDatabasePerClassIT {
    // tag::use[]
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migratedBy("nothing", SecondDatabasePerClassIT::migrate);
    // end::use[]

    private static void migrate(DataSource dataSource) {
        Objects.requireNonNull(dataSource);
    }

    @Test
    void sharesTheServerWithOtherClasses() throws SQLException {
        DataSource ofServer = TestServer.shared().dataSource("postgres");

        assertThat(server(DATABASE.dataSource())).isEqualTo(server(ofServer));
        assertThat(DATABASE.name()).startsWith("test_");
    }

    private static String server(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_postmaster_start_time()::text || inet_server_port()")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
