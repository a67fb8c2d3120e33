package io.betrue.examples.wallet;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** Makes pools of connections to PostgreSQL, with limits that keep a silent network from keeping anybody. */
public final class Pools {
    private Pools() {}

    /**
     * {@return a pool that connects when it is first asked: the server may come later}
     *
     * @param application what the server calls the connections
     * @param name what the log calls the pool
     * @param size connections at most
     * @param wait how long somebody waits for one
     * @param address where the database is
     */
    public static HikariDataSource of(
            String application, String name, int size, Duration wait, DatabaseAddress address) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(wait.toMillis());
        pool.setValidationTimeout(wait.toMillis());
        pool.addDataSourceProperty("ApplicationName", application);
        pool.addDataSourceProperty("connectTimeout", "2"); // seconds
        pool.addDataSourceProperty("socketTimeout", "10"); // seconds; above the statement timeout of 5
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        return pool;
    }
}
