package io.betrue.jobs.postgres;

import io.betrue.jobs.WorkerConfig.Rate;
import io.betrue.jobs.internal.ClaimedJob;
import io.betrue.jobs.internal.Lane;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Takes due jobs for one worker. Safe for use by multiple threads. */
final class Claims {
    /** More in one statement flips plans from the index to the whole table. */
    private static final int MOST = 500;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    private static final String CLAIM_ALL = "select * from {s}.claim_v1(?, ?, ?, ?, ?, null, null)";

    private static final String CLAIM_MARKED = "select * from {s}.claim_v1(?, ?, ?, ?, ?, ?, ?)";

    /**
     * For limited rates; without one it is {@code claim_v1}. The worker's row is locked, so that it cannot be taken for dead in between: its jobs would be
     * nobody's. The chosen rows are gathered first, and fetched by number through an array whose size the planner cannot see, which keeps it at the primary key however full the table is. The commit does
     * not wait for the disk: a claim that a crash of the database forgets is a job that waits again, and the outcome that comes for it is refused.
     */
    private static final String CLAIM = """
            with alive as materialized (select id, set_config('synchronous_commit', 'off', true) from {s}.worker where id = ? for key share),
            %s,
            picked as materialized (
                select j.id from alive, lanes l
                cross join lateral (
                    select id from {s}.job where queue = l.queue and worker is null %s
                    order by priority desc, id limit l.room for update skip locked) as j),
            claimed as (
                update {s}.job set worker = ?, lease = lease + 1, attempt = attempt + 1, started_at = {s}.clock()
                where id = any(array(select id from picked))
                returning id, lease, type, version, queue, priority, attempt, attempts, timeout_ms, payload, tags, enqueued_at, trace)
            """;

    private static final String JOB = """
            c.id, c.lease, c.type, c.version, c.queue, c.attempt, c.attempts, c.timeout_ms, c.payload, array_to_string(c.tags, ',') as tags,
                c.enqueued_at, c.trace
            """;

    /**
     * GCRA: a job may start while the theoretical arrival time is less than a burst ahead, and moves it on by its share of the period. Lanes of one queue
     * draw on the same allowance, one after the other.
     */
    private static final String RATED = """
            locked as materialized (
                select r.*, floor((extract(epoch from {s}.clock() - greatest(q.next_start, {s}.clock()))::float8 * 1000000 + r.jobs * r.share)
                    / r.share + 0.000001) as allowed
                from unnest(?::text[], ?::int[], ?::text[], ?::text[], ?::float8[], ?::int[]) with ordinality
                    as r(queue, room, only_type, other_types, share, jobs, place)
                join {s}.queue q on q.name = r.queue where not q.paused order by q.name for update of q),
            lanes as materialized (
                select queue, only_type, other_types, share, allowed, greatest(0, least(room::float8, allowed - coalesce(
                    sum(room) over (partition by queue order by place rows between unbounded preceding and 1 preceding), 0)))::int as room
                from locked)""";

    private static final String RATED_JOBS = """
            , moved as (
                update {s}.queue q set next_start = greatest(q.next_start, {s}.clock()) + c.jobs * l.share * interval '1 microsecond'
                from (select queue, count(*) as jobs from claimed group by queue) as c
                join (select distinct queue, share from lanes) as l on l.queue = c.queue
                where q.name = c.queue)
            select l.queue as lane, l.room,
            """ + JOB + """
            from (select queue, sum(room)::int as room from lanes group by queue) as l left join claimed c on c.queue = l.queue
            order by c.priority desc, c.id
            """;

    private static final String TYPES =
            "and (l.only_type is null or type = l.only_type) and (l.other_types is null or type <> all(string_to_array(l.other_types, ',')))";

    private final Database database;
    private final long worker;
    private final Map<String, Rate> rates;
    private final BiConsumer<String, Duration> later;
    private final Marks marks = new Marks(System::nanoTime);

    private record Rated(List<ClaimedJob> jobs, List<String> limited) {}

    /**
     * Makes the claims of a worker.
     *
     * @param later takes queues that a rate held back, and after how long there may be more
     */
    Claims(Database database, long worker, Map<String, Rate> rates, BiConsumer<String, Duration> later) {
        this.database = database;
        this.worker = worker;
        this.rates = Map.copyOf(rates);
        this.later = later;
    }

    List<ClaimedJob> claim(List<Lane> lanes) {
        List<ClaimedJob> jobs = new ArrayList<>();
        List<Lane> unrated = within(
                lanes.stream().filter(lane -> !rates.containsKey(lane.queue())).toList());
        if (!unrated.isEmpty()) {
            jobs.addAll(unrated(unrated));
        }
        List<Lane> rated = within(
                lanes.stream().filter(lane -> rates.containsKey(lane.queue())).toList());
        if (!rated.isEmpty()) {
            Rated claimed = database.statement("claim", connection -> rated(connection, rated));
            jobs.addAll(claimed.jobs());
            claimed.limited().forEach(queue -> later.accept(queue, pause(queue)));
        }
        return jobs;
    }

    /** Cuts what is asked for to what one statement takes, the first lanes first. */
    private static List<Lane> within(List<Lane> lanes) {
        List<Lane> cut = new ArrayList<>();
        int left = MOST;
        for (Lane lane : lanes) {
            int room = Math.min(lane.room(), left);
            if (room > 0) {
                cut.add(new Lane(lane.queue(), room, lane.onlyType(), lane.otherTypes()));
                left -= room;
            }
        }
        return cut;
    }

    /** Takes jobs behind the marks where all lanes have one, and what lacks then from the beginning. */
    private List<ClaimedJob> unrated(List<Lane> lanes) {
        List<Marks.Mark> began = marks.of(lanes);
        List<ClaimedJob> jobs = database.statement("claim", connection -> unrated(connection, lanes, began));
        List<Lane> lacking = began.isEmpty() ? List.of() : Marks.lacking(lanes, jobs);
        if (lacking.isEmpty()) {
            return jobs;
        }
        List<ClaimedJob> all = new ArrayList<>(jobs);
        all.addAll(database.statement("claim", connection -> unrated(connection, lacking, List.of())));
        return all;
    }

    private List<ClaimedJob> unrated(Connection connection, List<Lane> lanes, List<Marks.Mark> began)
            throws SQLException {
        List<@Nullable Object> arguments = arguments(lanes);
        if (!began.isEmpty()) {
            arguments.add(began.stream().map(Marks.Mark::priority).toArray(Short[]::new));
            arguments.add(began.stream().map(Marks.Mark::id).toArray(Long[]::new));
        }
        List<Integer> priorities = new ArrayList<>();
        List<ClaimedJob> jobs = Rows.list(
                connection,
                database.sql(began.isEmpty() ? CLAIM_ALL : CLAIM_MARKED),
                row -> {
                    priorities.add(row.getInt("priority"));
                    return job(row);
                },
                arguments.toArray());
        marks.move(lanes, began, jobs, priorities);
        return jobs;
    }

    private Rated rated(Connection connection, List<Lane> lanes) throws SQLException {
        String sql = database.sql(CLAIM.formatted(RATED, types(lanes)) + RATED_JOBS);
        List<@Nullable Object> arguments = arguments(lanes);
        arguments.add(lanes.stream().map(lane -> share(rate(lane))).toArray(Double[]::new));
        arguments.add(lanes.stream().map(lane -> rate(lane).jobs()).toArray(Integer[]::new));
        arguments.add(worker);
        Map<String, Integer> allowed = new HashMap<>();
        List<ClaimedJob> jobs = Rows.planned(
                connection,
                sql,
                row -> {
                    allowed.put(row.getString("lane"), row.getInt("room"));
                    return row.getLong("id") == 0 ? null : job(row);
                },
                arguments.toArray());
        return new Rated(jobs, limited(lanes, jobs, allowed));
    }

    private List<@Nullable Object> arguments(List<Lane> lanes) {
        List<@Nullable Object> arguments = new ArrayList<>();
        arguments.add(worker);
        arguments.add(lanes.stream().map(Lane::queue).toArray(String[]::new));
        arguments.add(lanes.stream().map(Lane::room).toArray(Integer[]::new));
        arguments.add(lanes.stream().map(Lane::onlyType).toArray(String[]::new));
        arguments.add(lanes.stream()
                .map(lane -> lane.otherTypes().isEmpty() ? null : String.join(",", lane.otherTypes()))
                .toArray(String[]::new));
        return arguments;
    }

    private static String types(List<Lane> lanes) {
        boolean all = lanes.stream()
                .allMatch(lane -> lane.onlyType() == null && lane.otherTypes().isEmpty());
        return all ? "" : TYPES;
    }

    private Rate rate(Lane lane) {
        return rate(lane.queue());
    }

    private Rate rate(String queue) {
        Rate rate = rates.get(queue);
        if (rate == null) {
            throw new IllegalStateException("queue " + queue + " has no rate");
        }
        return rate;
    }

    /** {@return the microseconds between two starts} */
    private static double share(Rate rate) {
        return (double) rate.period().toNanos() / 1_000 / rate.jobs();
    }

    /** {@return how long it takes until one more job of a queue may start; a little longer where that is very short} */
    private Duration pause(String queue) {
        return Duration.ofNanos(Math.max(SHORTEST_PAUSE.toNanos(), (long) (share(rate(queue)) * 1_000)));
    }

    /** {@return the queues that gave all they might, so that there may be more} */
    private static List<String> limited(List<Lane> lanes, List<ClaimedJob> jobs, Map<String, Integer> allowed) {
        return allowed.entrySet().stream()
                .filter(queue -> queue.getValue() < asked(lanes, queue.getKey()))
                .filter(queue -> queue.getValue() <= count(jobs, queue.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static int asked(List<Lane> lanes, String queue) {
        return lanes.stream()
                .filter(lane -> lane.queue().equals(queue))
                .mapToInt(Lane::room)
                .sum();
    }

    private static long count(List<ClaimedJob> jobs, String queue) {
        return jobs.stream().filter(job -> job.queue().equals(queue)).count();
    }

    private static ClaimedJob job(ResultSet row) throws SQLException {
        return new ClaimedJob(
                row.getLong("id"),
                row.getLong("lease"),
                row.getString("type"),
                row.getInt("version"),
                row.getString("queue"),
                row.getInt("attempt"),
                row.getInt("attempts"),
                Duration.ofMillis(row.getLong("timeout_ms")),
                row.getString("payload"),
                Rows.split(row.getString("tags")),
                Rows.time(row, "enqueued_at"),
                row.getString("trace"));
    }
}
