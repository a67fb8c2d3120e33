package io.betrue.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HygieneTest {
    // written in pieces so that this file does not name them either
    private static final Pattern FORBIDDEN = Pattern.compile(Stream.of(
                    "repo1?\\.mav" + "en\\.apache",
                    "search\\.mav" + "en\\.org",
                    "registry\\.np" + "mjs",
                    "(deb|security)\\.deb" + "ian\\.org",
                    "/wo" + "rk/(main|shared|wt)",
                    "/ro" + "ot/\\.m2",
                    "/bash" + "_jobs")
            .reduce((a, b) -> a + "|" + b)
            .orElseThrow());

    @Test
    void namesNoRegistryAndNoPathOfOneMachine() {
        List<String> faults = new ArrayList<>();
        for (Path file : Repository.files()) {
            int line = 0;
            for (String text : (Iterable<String>) Repository.text(file).lines()::iterator) {
                line++;
                if (FORBIDDEN.matcher(text).find()) {
                    faults.add(file + ":" + line);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void noTestIsSwitchedOff() {
        Pattern off = Pattern.compile("@Dis" + "abled|assume(True|That|False)\\(|Thread\\.sl" + "eep\\(");
        assertThat(Repository.files())
                .filteredOn(file -> file.toString().contains("src/test/java")
                        && file.toString().endsWith(".java"))
                .filteredOn(file -> off.matcher(Repository.text(file)).find())
                .isEmpty();
    }
}
