package io.betrue.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of answers what differs from run to run, so that those of two runs can be held beside each other. */
final class Masks {
    private static final Pattern CHANGING = Pattern.compile(
            "(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|(?<time>\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)|(?<token>eyJ[\\w.-]+)");
    private static final List<String> SECRET = List.of("refreshToken", "next", "job");

    private Masks() {}

    static List<String> of(List<Answer> answers) {
        Map<String, String> numbers = new HashMap<>();
        return answers.stream()
                .map(answer ->
                        answer.status() + " " + masked(tamed(answer.body()).toString(), numbers))
                .toList();
    }

    private static JsonNode tamed(JsonNode body) {
        JsonNode copy = body.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove(List.of("traceId", "instance", "retryAfter"));
            SECRET.stream()
                    .filter(name -> object.path(name).isTextual())
                    .forEach(name -> object.put(name, "<" + name + ">"));
        }
        return copy;
    }

    private static String masked(String text, Map<String, String> numbers) {
        Matcher changing = CHANGING.matcher(text);
        StringBuilder masked = new StringBuilder();
        while (changing.find()) {
            String id = changing.group("id");
            String mask = id != null
                    ? numbers.computeIfAbsent(id, unused -> "<" + (numbers.size() + 1) + ">")
                    : changing.group("time") != null ? "<time>" : "<token>";
            changing.appendReplacement(masked, Matcher.quoteReplacement(mask));
        }
        return changing.appendTail(masked).toString();
    }
}
