package io.betrue.benchmarks.jobs;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/** The connections of a system that runs in this process: as many for each. */
final class Pool implements AutoCloseable {
    /** How many connections a pool has. */
    static final int SIZE = 24;

    private static final int LONGEST_MINUTES = 10;

    private final HikariDataSource dataSource;

    Pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url + "&reWriteBatchedInserts=true");
        config.setMaximumPoolSize(SIZE);
        dataSource = new HikariDataSource(config);
    }

    HikariDataSource dataSource() {
        return dataSource;
    }

    void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the database refused \"" + sql + "\": " + e.getMessage(), e);
        }
    }

    /** Asks again and again, with 2 ms between, until the first column of the first row is true. */
    void awaitTrue(String query) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(LONGEST_MINUTES);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            while (!isTrue(statement, query)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("not true after " + LONGEST_MINUTES + " minutes: " + query);
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database refused \"" + query + "\": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for: " + query, e);
        }
    }

    private static boolean isTrue(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
