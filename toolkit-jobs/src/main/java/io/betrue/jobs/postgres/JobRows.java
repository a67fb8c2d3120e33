package io.betrue.jobs.postgres;

import io.betrue.jobs.JobEvent;
import io.betrue.jobs.JobInfo;
import io.betrue.jobs.JobQuery;
import io.betrue.jobs.JobState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads jobs from wherever they stand. */
final class JobRows {
    private static final String COMMON =
            "id, type, version, queue, priority, attempt, attempts, timeout_ms, payload, tags, unique_key, enqueued_at, started_at";

    private static final String HOT = "select " + COMMON
            + ", case when worker is null then 'QUEUED' else 'RUNNING' end as state, null::timestamptz as run_at, null::timestamptz as finished_at,"
            + " worker as worker_id, null as worker_name, null as result, null as ended_by from {s}.job where ";

    private static final String DELAYED = "select " + COMMON
            + ", 'DELAYED' as state, run_at, null::timestamptz as finished_at, null::bigint as worker_id, null as worker_name, null as result,"
            + " null as ended_by from {s}.job_delayed where ";

    private static final String FINISHED = "select " + COMMON
            + ", state, null::timestamptz as run_at, finished_at, null::bigint as worker_id, worker as worker_name, result, error as ended_by"
            + " from {s}.job_finished where ";

    /** The rest is looked up for the few that were chosen. */
    private static final String AROUND = """
            select j.*, array_to_string(j.tags, ',') as tag_list, coalesce(j.worker_name, w.name) as worker, p.fraction, p.message,
                coalesce(j.ended_by, case when j.state in ('QUEUED', 'DELAYED', 'RUNNING') then (
                    select e.text from {s}.job_event e where e.job_id = j.id and e.kind in ('ERROR', 'RESCUED') order by e.id desc limit 1) end) as error
            from (select * from (%s) as all_jobs order by id desc limit ?) as j
            left join {s}.worker w on w.id = j.worker_id
            left join {s}.job_progress p on p.job_id = j.id
            order by j.id desc
            """;

    private static final String EVENTS =
            "select at, attempt, kind, text, detail from {s}.job_event where job_id = ? order by id limit 1000";

    private JobRows() {}

    static Optional<JobInfo> find(Connection connection, Schema schema, long id) throws SQLException {
        String sql =
                AROUND.formatted(String.join(" union all ", HOT + "id = ?", DELAYED + "id = ?", FINISHED + "id = ?"));
        return Rows.planned(connection, schema.sql(sql), JobRows::info, id, id, id, 1).stream()
                .findFirst();
    }

    static List<JobEvent> events(Connection connection, Schema schema, long id) throws SQLException {
        return Rows.list(connection, schema.sql(EVENTS), JobRows::event, id);
    }

    static List<JobInfo> list(Connection connection, Schema schema, JobQuery query) throws SQLException {
        List<String> parts = new ArrayList<>();
        List<@Nullable Object> arguments = new ArrayList<>();
        Set<JobState> states = query.states();
        if (states.contains(JobState.QUEUED) || states.contains(JobState.RUNNING)) {
            String which = states.containsAll(EnumSet.of(JobState.QUEUED, JobState.RUNNING))
                    ? ""
                    : states.contains(JobState.QUEUED) ? "worker is null and " : "worker is not null and ";
            part(HOT + which, query, parts, arguments);
        }
        if (states.contains(JobState.DELAYED)) {
            part(DELAYED, query, parts, arguments);
        }
        for (JobState state : states) {
            if (state.isFinished()) {
                part(FINISHED + "state = '" + state.name() + "' and ", query, parts, arguments);
            }
        }
        arguments.add(query.limit());
        String sql = AROUND.formatted(String.join(" union all ", parts));
        return Rows.planned(connection, schema.sql(sql), JobRows::info, arguments.toArray());
    }

    private static void part(String select, JobQuery query, List<String> parts, List<@Nullable Object> arguments) {
        StringBuilder sql = new StringBuilder(select).append("id < ?");
        arguments.add(query.before());
        query.type().ifPresent(type -> add(sql, " and type = ?", arguments, type));
        query.queue().ifPresent(queue -> add(sql, " and queue = ?", arguments, queue));
        query.tag().ifPresent(tag -> add(sql, " and tags is not null and tags @> array[?::text]", arguments, tag));
        arguments.add(query.limit());
        parts.add("(" + sql.append(" order by id desc limit ?") + ")");
    }

    private static void add(StringBuilder sql, String condition, List<@Nullable Object> arguments, String argument) {
        sql.append(condition);
        arguments.add(argument);
    }

    private static JobEvent event(ResultSet row) throws SQLException {
        return new JobEvent(
                Rows.time(row, "at"),
                row.getInt("attempt"),
                JobEvent.Kind.valueOf(row.getString("kind")),
                row.getString("text"),
                row.getString("detail"));
    }

    private static JobInfo info(ResultSet row) throws SQLException {
        double fraction = row.getDouble("fraction");
        Double progress = row.wasNull() ? null : fraction;
        return new JobInfo(
                row.getLong("id"),
                JobState.valueOf(row.getString("state")),
                row.getString("type"),
                row.getInt("version"),
                row.getString("queue"),
                row.getInt("priority"),
                row.getInt("attempt"),
                row.getInt("attempts"),
                Duration.ofMillis(row.getLong("timeout_ms")),
                row.getString("payload"),
                Rows.split(row.getString("tag_list")),
                row.getString("unique_key"),
                Rows.time(row, "enqueued_at"),
                Rows.timeOrNull(row, "run_at"),
                Rows.timeOrNull(row, "started_at"),
                Rows.timeOrNull(row, "finished_at"),
                row.getString("worker"),
                progress,
                row.getString("message"),
                row.getString("result"),
                row.getString("error"));
    }
}
