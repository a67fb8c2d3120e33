package io.betrue.jobs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of Prometheus's text format 0.0.4, and of its naming of metrics. */
final class PrometheusText {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-z_]+) \\S.*");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) (gauge|counter|histogram)");
    private static final String LABEL = "[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_]+)(\\{" + LABEL + "(?:," + LABEL + ")*\\})? (-?[0-9.]+(?:E-?[0-9]+)?)");
    private static final Pattern BOUND = Pattern.compile(",le=\"([^\"]+)\"");

    private PrometheusText() {}

    static void check(String text) {
        assertThat(text).endsWith("\n");
        Map<String, String> types = new LinkedHashMap<>();
        Set<String> helped = new HashSet<>();
        Set<String> series = new HashSet<>();
        Map<String, List<Double>> buckets = new LinkedHashMap<>();
        Map<String, Double> counts = new LinkedHashMap<>();
        String family = "";
        for (String line : text.lines().toList()) {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                assertThat(helped.add(help.group(1)))
                        .as("helped once: %s", line)
                        .isTrue();
            } else if (type.matches()) {
                family = type.group(1);
                assertThat(helped).as("help before type").contains(family);
                assertThat(types.put(family, type.group(2)))
                        .as("once: %s", line)
                        .isNull();
                named(family, type.group(2));
            } else if (!line.startsWith("# ")) {
                assertThat(sample.matches()).as("a sample: %s", line).isTrue();
                String labels = sample.group(2) == null ? "" : sample.group(2);
                assertThat(series.add(sample.group(1) + labels))
                        .as("once: %s", line)
                        .isTrue();
                String name = sample.group(1);
                if ("histogram".equals(types.get(family))) {
                    assertThat(name).isIn(family + "_bucket", family + "_sum", family + "_count");
                    histogram(name, labels, Double.parseDouble(sample.group(3)), buckets, counts);
                } else {
                    assertThat(name).as("right below its type").isEqualTo(family);
                }
            }
        }
        assertThat(buckets.keySet()).isEqualTo(counts.keySet());
        buckets.forEach((labels, values) -> {
            assertThat(values).as("cumulative: %s", labels).isSorted();
            assertThat(values.get(values.size() - 1)).as("+Inf is the count").isEqualTo(counts.get(labels));
        });
    }

    private static void named(String family, String type) {
        assertThat(family).startsWith("jobs_");
        assertThat(family.endsWith("_total"))
                .as("counters end so, others do not")
                .isEqualTo(type.equals("counter"));
        assertThat(family).as("base units").doesNotContain("milli", "minute");
    }

    private static void histogram(
            String name, String labels, double value, Map<String, List<Double>> buckets, Map<String, Double> counts) {
        Matcher bound = BOUND.matcher(labels);
        if (name.endsWith("_bucket")) {
            assertThat(bound.find()).as("a bucket has a bound: %s", labels).isTrue();
            buckets.computeIfAbsent(bound.replaceAll(""), key -> new ArrayList<>())
                    .add(value);
        } else if (name.endsWith("_count")) {
            counts.put(labels, value);
        }
    }
}
