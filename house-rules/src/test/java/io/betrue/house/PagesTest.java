package io.betrue.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^\\s*```.*?^\\s*```\\s*$");

    @Test
    void everyShownJavaIsARegionOfATestThatRuns() {
        List<String> faults = new ArrayList<>();
        for (Path page : Repository.pages()) {
            for (Snippets.Fence fence : Snippets.fences(Repository.text(page))) {
                String fault = fault(fence);
                if (!fault.isEmpty()) {
                    faults.add(page + ":" + fence.line() + " " + fault);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static String fault(Snippets.Fence fence) {
        if (fence.file().isEmpty()) {
            return "names no test: put <!-- snippet: path/to/XTest.java#region --> on the line above";
        }
        Path source = Path.of(fence.file());
        if (!fence.file().contains("src/test/java") || !Files.exists(Repository.ROOT.resolve(source))) {
            return "names " + source + ", which is not a test of this repository";
        }
        String text = Repository.text(source);
        List<String> region = Snippets.region(text, fence.region());
        if (region.isEmpty()) {
            return "names the region " + fence.region() + ", which " + source + " does not have";
        }
        if (!text.contains("@Test") && !text.contains("@ParameterizedTest")) {
            return "names " + source + ", which runs no test";
        }
        return region.equals(fence.code())
                ? ""
                : "differs from the region; it should read:\n" + String.join("\n", region);
    }

    @Test
    void everyLinkToAFileLeadsSomewhere() {
        List<String> faults = new ArrayList<>();
        for (Path page : Repository.pages()) {
            Matcher link = LINK.matcher(FENCED.matcher(Repository.text(page)).replaceAll(""));
            while (link.find()) {
                String target = link.group(1).replaceFirst("#.*", "");
                boolean local = !target.isEmpty() && !target.contains(":") && !target.startsWith("/");
                if (local && !Files.exists(Repository.ROOT.resolve(page).resolveSibling(target))) {
                    faults.add(page + " links to " + target);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void theQuickStartIsTwoCommands() {
        String readme = Repository.text(Path.of("README.md"));
        Matcher section = Pattern.compile("(?s)\n## Quick start\n(.*?)\n## ").matcher(readme);
        assertThat(section.find()).as("README.md has a section Quick start").isTrue();
        Matcher fence = Pattern.compile("(?s)```sh\n(.*?)```").matcher(section.group(1));
        assertThat(fence.find()).isTrue();
        List<String> commands = fence.group(1)
                .lines()
                .map(line -> line.replaceFirst("\\s+#.*", ""))
                .toList();
        assertThat(commands).containsExactly("examples/monolith/run", "./mvnw verify");
        assertThat(readme.substring(0, section.start()))
                .as("it is the first section")
                .doesNotContain("\n## ");
        assertThat(Files.isExecutable(Repository.ROOT.resolve("examples/monolith/run")))
                .isTrue();
        assertThat(Files.isExecutable(Repository.ROOT.resolve("mvnw"))).isTrue();
    }
}
