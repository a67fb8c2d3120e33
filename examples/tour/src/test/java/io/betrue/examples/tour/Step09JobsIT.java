package io.betrue.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.JobType;
import io.betrue.jobs.Worker;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.testsupport.TestDatabase;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class Step09JobsIT {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    // tag::type[]
    record Letter(String to) {}

    static final JobType<Letter> LETTER = JobType.of("letter", Letter.class);
    // end::type[]

    @Test
    void writesALetterOfEachEntry() throws Exception {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        Jdbi jdbi = Jdbi.create(DATABASE.dataSource());
        jdbi.useHandle(handle -> handle.execute("create table entries (by text not null, text text not null)"));
        // tag::work[]
        PostgresJobs.migrate(DATABASE.dataSource(), "jobs");
        PostgresJobs jobs = PostgresJobs.create(DATABASE.dataSource(), config -> config.schema("jobs"));
        try (Worker worker =
                jobs.worker(w -> w.queue("default", 4).handle(LETTER, (job, letter) -> sent.add(letter.to())))) {
            worker.start();
            jdbi.useTransaction(tx -> {
                tx.execute("insert into entries values (?, ?)", "anna", "A fine evening");
                jobs.in(tx).enqueue(LETTER, new Letter("anna")); // with the entry, or not at all
            });
            // end::work[]
            assertThat(sent.poll(30, TimeUnit.SECONDS)).isEqualTo("anna");
            // tag::work[]
        }
        // end::work[]
    }
}
