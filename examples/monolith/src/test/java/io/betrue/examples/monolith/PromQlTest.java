package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromQlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "up == 0 | up",
                "sum by (role, le) (rate(http_requests_total{route=~\"a.sum(b)\", x='y{z'}[5m])) | http_requests_total",
                "histogram_quantile(0.99, sum by (le) (rate(a_bucket{role=~\"$role\"}[$__rate_interval]))) | a_bucket",
                "topk(5, a_sum / on (role) group_left (x) b_count) > bool 1e3 | a_sum, b_count",
                "a offset 5m unless b:c:rate5m | a, b:c:rate5m",
                "rate(a[5m] offset 1h) and on () vector(1) | a",
                "label_values(a_total, role) | a_total",
                "label_values(a_total{x=\"y\"}, role) | a_total",
                "max without (instance) (a) * Inf | a",
            })
    void findsTheNamesOfMetricsAndNothingElse(String question, String names) {
        assertThat(String.join(", ", PromQl.metrics(question))).isEqualTo(names);
    }
}
