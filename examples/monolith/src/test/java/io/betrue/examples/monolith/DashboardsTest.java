package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.examples.monolith.Dashboards.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of the dashboards without Grafana and Prometheus. */
class DashboardsTest {
    @Test
    void everyDashboardHasAnAddressOfItsOwnAndPanelsThatDoNotOverlap() throws Exception {
        Set<String> addresses = new HashSet<>();
        for (Path file : Dashboards.files()) {
            JsonNode dashboard = Dashboards.read(file);
            assertThat(addresses.add(dashboard.get("uid").asText()))
                    .as(file.toString())
                    .isTrue();
            assertThat(file.getFileName()).hasToString(dashboard.get("uid").asText() + ".json");
            Set<String> places = new HashSet<>();
            Set<Integer> numbers = new HashSet<>();
            for (JsonNode panel : dashboard.get("panels")) {
                assertThat(places.add(panel.at("/gridPos/x") + "/" + panel.at("/gridPos/y")))
                        .as(file + ": " + panel.get("title"))
                        .isTrue();
                assertThat(numbers.add(panel.get("id").asInt()))
                        .as(file.toString())
                        .isTrue();
                assertThat(panel.at("/datasource/uid").asText()).isEqualTo("prometheus");
            }
        }
        assertThat(addresses).hasSize(6);
    }

    @Test
    void asksForSomethingInEveryPanelAndAlert() throws Exception {
        assertThat(Dashboards.ofPanels())
                .hasSizeGreaterThan(40)
                .allMatch(question -> !PromQl.metrics(question.text()).isEmpty());
        assertThat(Dashboards.ofVariables()).hasSize(6);
        String alerts = Files.readString(Path.of("../ops/alerts.yml"));
        assertThat(Dashboards.ofAlerts())
                .hasSize((int) Pattern.compile("(?m)^ +- alert: ")
                        .matcher(alerts)
                        .results()
                        .count())
                .allMatch(question -> !PromQl.metrics(question.text()).isEmpty());
    }

    /** {@code examples/ops/check} has promtool look at it: each question must be PromQL. */
    @Test
    void writesWhatIsAskedAsRulesThatPromtoolCanCheck() throws IOException {
        ObjectMapper json = new ObjectMapper();
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboards\n    rules:\n");
        List<Question> questions = Dashboards.ofPanels();
        for (int i = 0; i < questions.size(); i++) {
            rules.append("      - record: asked:")
                    .append(i)
                    .append(":of_a_panel\n        expr: ")
                    .append(json.writeValueAsString(questions.get(i).promQl()))
                    .append('\n');
        }
        Path written = Files.writeString(Path.of("target/dashboards.rules.yml"), rules);
        assertThat(Files.readString(written)).doesNotContain("$").contains("asked:40:of_a_panel");
    }
}
