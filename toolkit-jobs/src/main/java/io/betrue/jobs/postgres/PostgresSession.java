package io.betrue.jobs.postgres;

import io.betrue.jobs.JobException;
import io.betrue.jobs.internal.Agenda;
import io.betrue.jobs.internal.Beat;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import io.betrue.jobs.internal.Report;
import io.betrue.jobs.internal.Settlement;
import io.betrue.jobs.internal.Steadiness;
import io.betrue.jobs.internal.StoreListener;
import io.betrue.jobs.internal.StoreSession;
import io.betrue.jobs.internal.WorkerCard;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker's dealings with the tables. Safe for use by multiple threads. */
final class PostgresSession implements StoreSession {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSession.class);

    private static final String INTRODUCE = """
            insert into {s}.worker (name, queues, started_at, seen_at, beat_ms) values (?, ?, {s}.clock(), {s}.clock(), ?) returning id
            """;

    private static final String RATES =
            "insert into {s}.queue (name) select unnest(?::text[]) as name order by name on conflict do nothing";

    private static final String BEAT = """
            with me as (update {s}.worker set seen_at = {s}.clock(), draining = ?, held = ? where id = ? returning id)
            select (select count(*) from me) as alive,
                array(select id from {s}.job where worker = ? and flags & 2 <> 0) as cancelled,
                array(select name from {s}.queue where paused) as paused
            """;

    private final Database database;
    private final WorkerCard card;
    private final StoreListener listener;
    private final Consumer<PostgresSession> onClose;
    private final long worker;
    private final Claims claims;
    private final Settlements settlements;
    private final Reports reports;
    private final Rescue rescue;
    private final Upkeep upkeep;
    private final Steadiness steadiness;
    private final Agenda agenda;
    private final Vacuums vacuums;
    private final AtomicBoolean closed = new AtomicBoolean();

    PostgresSession(PostgresStore store, WorkerCard card, StoreListener listener, Consumer<PostgresSession> onClose) {
        this.database = store.database();
        this.card = card;
        this.listener = listener;
        this.onClose = onClose;
        this.worker = database.transaction("open", connection -> introduce(connection, database, card));
        this.claims = new Claims(
                database,
                worker,
                card.rates(),
                (queue, wait) -> store.wakeups().after(wait, () -> listener.jobsWaiting(queue)));
        this.settlements = new Settlements(store, worker, card.name());
        this.reports = new Reports(database, worker);
        this.rescue = new Rescue(database, store.keep());
        this.agenda = new Agenda(listener);
        this.steadiness = new Steadiness(card.heartbeat(), store.nanos());
        this.upkeep = new Upkeep(store, worker, rescue);
        this.vacuums = new Vacuums(database, System::nanoTime);
    }

    private static long introduce(Connection connection, Database database, WorkerCard card) throws SQLException {
        Rows.update(
                connection, database.sql(RATES), (Object) card.rates().keySet().toArray(new String[0]));
        return Rows.list(
                        connection,
                        database.sql(INTRODUCE),
                        row -> row.getLong(1),
                        card.name(),
                        card.queues().toArray(new String[0]),
                        card.heartbeat().toMillis())
                .get(0);
    }

    WorkerCard card() {
        return card;
    }

    StoreListener listener() {
        return listener;
    }

    /** Passes on what was heard; a listener that throws harms nobody else. */
    void heard(String word) {
        try {
            Words.tell(this, word);
        } catch (RuntimeException e) {
            LOG.debug("a notification was of no use", e);
        }
    }

    /** Hears that something becomes due. */
    void due(Duration wait) {
        agenda.due(wait);
    }

    @Override
    public long workerId() {
        return worker;
    }

    @Override
    public List<ClaimedJob> claim(List<Lane> lanes) {
        return claims.claim(lanes);
    }

    @Override
    public void giveBackAllBut(Set<Long> held) {
        settlements.releaseAllBut(held);
    }

    @Override
    public List<Settlement> settle(List<Settlement> all) {
        List<Settlement> refused = settlements.settle(all);
        if (vacuums.ended(all.size())) {
            listener.upkeepNow();
        }
        all.stream()
                .map(Settlement::outcome)
                .map(Settlements::delay)
                .filter(delay -> !delay.isZero() && !delay.isNegative())
                .min(Duration::compareTo)
                .ifPresent(agenda::due);
        return refused;
    }

    @Override
    public void report(List<Report> said) {
        reports.keep(said);
    }

    @Override
    public Beat beat(boolean draining, int held) {
        Beat beat = database.statement(
                "beat",
                connection -> Rows.list(
                                connection, database.sql(BEAT), PostgresSession::beat, draining, held, worker, worker)
                        .get(0));
        if (beat.alive()) {
            steadiness.heard();
        } else {
            steadiness.lost();
        }
        return beat;
    }

    private static Beat beat(ResultSet row) throws SQLException {
        return new Beat(
                row.getLong("alive") > 0,
                Set.of(elements(row.getArray("cancelled"), new Long[0])),
                Set.of(elements(row.getArray("paused"), new String[0])));
    }

    private static <T> T[] elements(Array array, T[] kind) throws SQLException {
        return new HashSet<>(List.of((Object[]) array.getArray())).toArray(kind);
    }

    @Override
    public Duration upkeep() {
        agenda.begin();
        Duration next = upkeep.run(steadiness.span());
        vacuums.run();
        return agenda.next(next);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.accept(this);
            try {
                rescue.goodbye(worker, card.name());
            } catch (JobException e) {
                LOG.warn(
                        "worker {} could not say goodbye; it is listed until it has been silent for three beats: {}",
                        card.name(),
                        e.getMessage());
            }
        }
    }
}
