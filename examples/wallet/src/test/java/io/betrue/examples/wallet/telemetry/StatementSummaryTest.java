package io.betrue.examples.wallet.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementSummaryTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "select room_id, number from chat.messages m where m.number = :n | SELECT chat.messages",
                "insert into chat.messages (room_id, number) values (?, ?) | INSERT chat.messages",
                "select a.x from a.b x join c.d y using (id) left join e.f z on true | SELECT a.b c.d e.f",
                "with gone as (delete from jobs.job where id = 1 returning *) insert into jobs.done select * from gone | DELETE jobs.job INSERT jobs.done SELECT",
                "with a (x) as not materialized (select 1 from q.r) select * from a | SELECT q.r",
                "select * from jobs.take_v1(?, ?, ?, ?) | SELECT jobs.take_v1",
                "select jobs.clock() | SELECT jobs.clock",
                "select id from a.b where id = ? for update skip locked | SELECT a.b",
                "insert into t (k) values (1) on conflict (k) do update set k = excluded.k | INSERT t",
                "update chat.members set name = 'from it''s secret' where id = 1 | UPDATE chat.members",
                "delete from a.b where c is distinct from d | DELETE a.b",
                "select set_config('statement_timeout', '5s', true) | SELECT set_config",
                "select extract(epoch from now() - at) from ledger.postings | SELECT ledger.postings",
                "select \"from\" from \"odd name\" | SELECT \"odd name\"",
                "select $$ from secrets $$, $x$ join more $x$ from a.b | SELECT a.b",
                "select 1 | SELECT",
                "LISTEN jobs_work | LISTEN",
                "create table x (id int) | CREATE",
                "? | _OTHER",
            })
    void namesWhatIsDoneAndWhereInOrder(String statement, String summary) {
        assertThat(StatementSummary.of(statement)).isEqualTo(summary);
    }

    @Test
    void readsOverComments() {
        assertThat(StatementSummary.of("select 1 -- from a\n /* join b\n from c */ from d.e"))
                .isEqualTo("SELECT d.e");
    }

    @Test
    void isShortHoweverLongTheStatement() {
        String many = "select 1 from a.table_with_a_long_name_0" + " join a.table_with_a_long_name_".repeat(1000);
        assertThat(StatementSummary.of(many + "1").length()).isLessThanOrEqualTo(130);
        assertThat(StatementSummary.of("select '" + "''".repeat(100_000) + "' from a.b"))
                .isEqualTo("SELECT a.b");
    }
}
