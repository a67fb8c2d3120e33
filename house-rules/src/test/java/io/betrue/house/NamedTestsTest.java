package io.betrue.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that pages name as proof. */
class NamedTestsTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final int ENOUGH = 30;

    @Test
    void everyTestThatAPageNamesIsThere() {
        Map<String, List<Path>> sources = Repository.files().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .collect(Collectors.groupingBy(
                        file -> String.valueOf(file.getFileName()).replace(".java", "")));
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path page : Repository.pages()) {
            Matcher test = NAMED.matcher(Repository.text(page));
            while (test.find()) {
                named++;
                if (!isThere(sources.getOrDefault(test.group(1), List.of()), test.group(2))) {
                    missing.add(page + ": " + test.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(ENOUGH);
    }

    private static boolean isThere(List<Path> sources, String method) {
        Pattern declared = Pattern.compile(
                "@(?:Test|TestFactory|ParameterizedTest)\\b[^;{}]*?(?:\\{[^}]*}[^;{}]*?)*\\b" + method + "\\(");
        return sources.stream()
                .anyMatch(source -> declared.matcher(Repository.text(source)).find());
    }
}
