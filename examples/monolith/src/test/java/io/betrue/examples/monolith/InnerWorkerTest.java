package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.betrue.config.Config;
import io.betrue.config.Environment;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class InnerWorkerTest {
    @Test
    void startsAndStopsWhileTheDatabaseIsAway() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setUrl("jdbc:postgresql://127.0.0.1:1/nobody?user=nobody");
        LettersConfig letters = Config.load(Environment.of(Map.of()), BackgroundConfig::new).letters;
        try (InnerWorker worker = new InnerWorker(nobody, letters)) {
            assertThatCode(worker::start).doesNotThrowAnyException();
            worker.stop(Duration.ofSeconds(10));
        }
    }
}
