package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.betrue.config.Config;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.InnerWorker;
import io.betrue.examples.wallet.Storage;
import io.betrue.examples.wallet.telemetry.Instruments;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class InnerWorkerTest {
    @Test
    void startsAndStopsWhileTheDatabaseIsAway() {
        PGSimpleDataSource nobody = new PGSimpleDataSource();
        nobody.setUrl("jdbc:postgresql://127.0.0.1:1/nobody?user=nobody");
        BackgroundConfig config = Config.load(Environment.of(Map.of()), BackgroundConfig::new);
        try (Storage storage = Storage.forgotten(config.files);
                InnerWorker worker = new InnerWorker(
                        nobody,
                        BackgroundWork.SCHEMA,
                        new BackgroundWork(config.letters, config.codes, storage),
                        Instruments.none())) {
            assertThatCode(worker::start).doesNotThrowAnyException();
            worker.stop(Duration.ofSeconds(10));
        }
    }
}
