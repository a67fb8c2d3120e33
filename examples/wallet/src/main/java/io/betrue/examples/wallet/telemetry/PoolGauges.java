package io.betrue.examples.wallet.telemetry;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** How full pools of connections are, by OpenTelemetry's conventions for databases. Safe for use by multiple threads. */
final class PoolGauges {
    private static final AttributeKey<String> POOL = AttributeKey.stringKey("db.client.connection.pool.name");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("db.client.connection.state");

    private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();

    PoolGauges(OpenTelemetry telemetry) {
        Meter meter = telemetry.getMeter(Instruments.SCOPE);
        gauge(meter, "db.client.connection.count", "{connection}", "Connections by what they do", (pool, measured) -> {
            HikariPoolMXBean now = pool.getHikariPoolMXBean();
            measured.record(now.getActiveConnections(), named(pool, "used"));
            measured.record(now.getIdleConnections(), named(pool, "idle"));
        });
        gauge(
                meter,
                "db.client.connection.max",
                "{connection}",
                "Connections at most",
                (pool, measured) ->
                        measured.record(pool.getMaximumPoolSize(), Attributes.of(POOL, pool.getPoolName())));
        gauge(
                meter,
                "db.client.connection.pending_requests",
                "{request}",
                "Threads that wait for a connection",
                (pool, measured) -> measured.record(
                        pool.getHikariPoolMXBean().getThreadsAwaitingConnection(),
                        Attributes.of(POOL, pool.getPoolName())));
    }

    private void gauge(
            Meter meter,
            String name,
            String unit,
            String description,
            BiConsumer<HikariDataSource, ObservableLongMeasurement> look) {
        var unused = meter.upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(measured ->
                        pools.stream().filter(pool -> pool.isRunning()).forEach(pool -> look.accept(pool, measured)));
    }

    private static Attributes named(HikariDataSource pool, String state) {
        return Attributes.of(POOL, pool.getPoolName(), STATE, state);
    }

    void watch(HikariDataSource pool) {
        pools.add(pool);
    }
}
