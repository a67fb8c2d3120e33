package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class WarningsTest {
    private static final Logger LOG = LoggerFactory.getLogger(WarningsTest.class);

    @Test
    void logsOnlyWhatIsNews() {
        Warnings warnings = new Warnings();
        warnings.add(LOG, "old");
        warnings.add(LOG, "a {} file");
        warnings.add(LOG, "a {} file");
        try (Logged logged = Logged.of(WarningsTest.class)) {
            warnings.log(Set.of("old", "gone"));
            assertThat(logged.lines()).containsExactly("WARN a {} file");
        }
        assertThat(warnings.texts()).containsExactlyInAnyOrder("old", "a {} file");
    }
}
