package io.betrue.examples.monolith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the dashboards and alerts of {@code examples/ops} ask Prometheus. */
final class Dashboards {
    private static final Path OPS = Path.of("../ops");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Dashboards() {}

    /**
     * A question.
     *
     * @param where file and panel
     * @param text PromQL, with Grafana's variables in it
     */
    record Question(String where, String text) {
        /** {@return what Prometheus would be asked} */
        String promQl() {
            return text.replace("$__rate_interval", "1m").replace("$role", ".*");
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(OPS.resolve("grafana/dashboards"))) {
            return files.sorted().toList();
        }
    }

    static JsonNode read(Path dashboard) throws IOException {
        return JSON.readTree(dashboard.toFile());
    }

    /** {@return what all panels ask} */
    static List<Question> ofPanels() throws IOException {
        List<Question> questions = new ArrayList<>();
        for (Path file : files()) {
            for (JsonNode panel : read(file).get("panels")) {
                for (JsonNode target : panel.get("targets")) {
                    String where =
                            file.getFileName() + ", " + panel.get("title").asText();
                    questions.add(new Question(where, target.get("expr").asText()));
                }
            }
        }
        return questions;
    }

    /** {@return what the variables of the dashboards ask} */
    static List<Question> ofVariables() throws IOException {
        List<Question> questions = new ArrayList<>();
        for (Path file : files()) {
            for (JsonNode variable : read(file).at("/templating/list")) {
                questions.add(new Question(
                        file.getFileName() + ", variable",
                        variable.at("/query/query").asText()));
            }
        }
        return questions;
    }

    /** {@return what the alerts ask} */
    static List<Question> ofAlerts() throws IOException {
        String alerts = Files.readString(OPS.resolve("alerts.yml"));
        return Pattern.compile("(?m)^ +expr: (?:>-\\R((?: {10,}\\S.*\\R)+)|(.*))")
                .matcher(alerts)
                .results()
                .map(Dashboards::question)
                .toList();
    }

    private static Question question(MatchResult found) {
        String text = found.group(1) == null ? found.group(2) : found.group(1);
        return new Question("alerts.yml", text.strip());
    }
}
