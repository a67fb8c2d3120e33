package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class InnerWorkerTest {
    @Test
    void startsAndStopsWhileTheDatabaseIsAway() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setUrl("jdbc:postgresql://127.0.0.1:1/nobody?user=nobody");
        try (InnerWorker worker = new InnerWorker(nobody)) {
            assertThatCode(worker::start).doesNotThrowAnyException();
            worker.stop(Duration.ofSeconds(10));
        }
    }
}
