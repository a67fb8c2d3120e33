package io.betrue.jobs.postgres;

import io.betrue.jobs.internal.Report;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what running attempts say of themselves, where their leases still hold. */
final class Reports {
    private static final String REPORT = """
            with said as materialized (
                select * from unnest(?::bigint[], ?::text[], ?::float8[], ?::text[]) as s(id, fence, fraction, message)),
            live as materialized (
                select id, lease, attempt, flags from {s}.job
                where id = any(array(select id from said)) and worker = ? and id || ':' || lease = any(array(select fence from said))
                order by id for no key update),
            marked as (
                update {s}.job set flags = flags | 4
                where id = any(array(select l.id from live l join said s on s.id = l.id where l.flags & 4 = 0 and s.fraction is not null))),
            shown as (
                insert into {s}.job_progress (job_id, fraction, message, at)
                select distinct on (l.id) l.id, s.fraction, s.message, {s}.clock() from live l join said s on s.id = l.id
                where s.fraction is not null order by l.id
                on conflict (job_id) do update set fraction = excluded.fraction, message = excluded.message, at = excluded.at),
            logged as (
                insert into {s}.job_event (job_id, at, attempt, kind, text)
                select l.id, {s}.clock(), l.attempt, 'LOG', n.line
                from unnest(?::bigint[], ?::text[]) with ordinality as n(id, line, place) join live l on l.id = n.id order by n.place)
            select count(*) from live
            """;

    private final Database database;
    private final long worker;

    Reports(Database database, long worker) {
        this.database = database;
        this.worker = worker;
    }

    void keep(List<Report> reports) {
        if (!reports.isEmpty()) {
            database.statement("report", connection -> keep(connection, reports));
        }
    }

    private List<Long> keep(Connection connection, List<Report> reports) throws SQLException {
        List<Long> jobs = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Report report : reports) {
            for (String line : report.lines()) {
                jobs.add(report.job().id());
                lines.add(storable(line));
            }
        }
        return Rows.planned(
                connection,
                database.sql(REPORT),
                row -> row.getLong(1),
                reports.stream().map(report -> report.job().id()).toArray(Long[]::new),
                reports.stream()
                        .map(report -> report.job().id() + ":" + report.job().lease())
                        .toArray(String[]::new),
                reports.stream().map(Report::progress).toArray(Double[]::new),
                reports.stream().map(report -> message(report.message())).toArray(String[]::new),
                worker,
                jobs.toArray(new Long[0]),
                lines.toArray(new String[0]));
    }

    private static @Nullable String message(@Nullable String message) {
        return message == null ? null : storable(message);
    }

    /** PostgreSQL keeps every character but one. */
    private static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }
}
