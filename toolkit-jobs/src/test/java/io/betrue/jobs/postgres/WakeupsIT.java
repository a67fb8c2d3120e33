package io.betrue.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.testsupport.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Wake-ups that are put together, as somebody who listens hears them. */
class WakeupsIT {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    private final Schema schema = new Schema("jobs");
    private Wakeups wakeups;
    private Connection listens;

    @BeforeEach
    void open() throws SQLException {
        wakeups = new Wakeups(new Database(new Connections(DATABASE.dataSource()), schema));
        listens = DATABASE.dataSource().getConnection();
        try (Statement statement = listens.createStatement()) {
            statement.execute("listen \"" + schema.channel() + '"');
        }
    }

    @AfterEach
    void close() throws SQLException {
        wakeups.close();
        listens.close();
    }

    private List<String> heard(int count) throws SQLException {
        List<String> all = new ArrayList<>();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (all.size() < count && System.nanoTime() < end) {
            PGNotification[] heard = listens.unwrap(PGConnection.class).getNotifications(100);
            for (PGNotification one : heard == null ? new PGNotification[0] : heard) {
                all.add(one.getParameter());
            }
        }
        return all;
    }

    @Test
    void letsTheFirstGoWithItsJobAndHoldsTheNextBack() {
        assertThat(wakeups.first(List.of("a"))).containsExactly("a");
        assertThat(Stream.generate(() -> wakeups.first(List.of("a"))).limit(1_000))
                .anyMatch(List::isEmpty);
        assertThat(wakeups.first(List.of("b"))).containsExactly("b");
    }

    @Test
    void saysALittleLaterWhatItHeldBack() throws SQLException {
        wakeups.later(List.of("a", "b"));

        assertThat(heard(2)).containsExactlyInAnyOrder("qa", "qb");

        wakeups.later(List.of("a"));

        assertThat(heard(1)).containsExactly("qa");
    }

    @Test
    void saysWhatItHeldBackWhenItIsClosed() throws SQLException {
        wakeups.later(List.of("a"));
        wakeups.close();

        assertThat(heard(1)).containsExactly("qa");
    }
}
