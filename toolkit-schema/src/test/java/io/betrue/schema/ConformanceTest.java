package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the rates of the JSON Schema Test Suite; what differs from it is listed, with the reason, in conformance-exceptions.txt. */
class ConformanceTest {
    @ParameterizedTest
    @EnumSource(Draft.class)
    void meetsEveryRequiredCase(Draft draft) {
        List<TestSuite.Case> cases = TestSuite.cases(draft, "");
        assertThat(cases).hasSizeGreaterThan(600);
        assertThat(failures(draft, cases)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Draft.class)
    void meetsTheFormatsButForListedExceptions(Draft draft) {
        List<TestSuite.Case> cases = TestSuite.cases(draft, "optional/format");
        Set<String> failures = failures(draft, cases);
        report(draft, "formats", cases, failures);
        assertThat(failures).isEqualTo(exceptions(draft, "optional/format/"));
        assertThat(rate(cases, failures)).isGreaterThanOrEqualTo(92);
    }

    @ParameterizedTest
    @EnumSource(Draft.class)
    void meetsTheOptionalCasesButForListedExceptions(Draft draft) {
        List<TestSuite.Case> cases = TestSuite.cases(draft, "optional");
        Set<String> failures = failures(draft, cases);
        report(draft, "other optional", cases, failures);
        Set<String> listed = exceptions(draft, "optional/");
        listed.removeAll(exceptions(draft, "optional/format/"));
        assertThat(failures).isEqualTo(listed);
        assertThat(rate(cases, failures)).isGreaterThanOrEqualTo(85);
    }

    private static double rate(List<TestSuite.Case> cases, Set<String> failures) {
        return 100.0 * (cases.size() - failures.size()) / cases.size();
    }

    private static void report(Draft draft, String part, List<TestSuite.Case> cases, Set<String> failures) {
        System.out.printf(
                "%s, %s: %d of %d (%.1f %%)%n",
                draft, part, cases.size() - failures.size(), cases.size(), rate(cases, failures));
    }

    private static Set<String> failures(Draft draft, List<TestSuite.Case> cases) {
        IdentityHashMap<JsonNode, Object> schemas = new IdentityHashMap<>();
        Set<String> failures = new TreeSet<>();
        for (TestSuite.Case row : cases) {
            Object schema = schemas.computeIfAbsent(row.schema(), node -> load(draft, node));
            String wrong = wrong(schema, row);
            if (wrong != null && System.getProperty("conformance.explain") != null) {
                System.out.println(draft + " " + row.id() + " :: " + wrong);
            }
            if (wrong != null) {
                failures.add(row.id());
            }
        }
        return failures;
    }

    private static Object load(Draft draft, JsonNode schema) {
        try {
            return TestSuite.schema(draft, schema);
        } catch (RuntimeException e) {
            return e;
        }
    }

    private static @Nullable String wrong(Object schema, TestSuite.Case row) {
        if (!(schema instanceof Schema loaded)) {
            return schema.toString().replace("\n", " ");
        }
        try {
            List<Violation> violations = loaded.validate(row.data());
            if (violations.stream().anyMatch(violation -> violation.keyword().equals("schema"))) {
                return "is refused without a reason";
            }
            boolean valid = violations.isEmpty();
            return valid == row.valid() ? null : "is " + valid;
        } catch (RuntimeException | StackOverflowError e) {
            return e.toString();
        }
    }

    private static Set<String> exceptions(Draft draft, String folder) {
        String prefix = draft + " " + folder;
        try (InputStream stream =
                Objects.requireNonNull(ConformanceTest.class.getResourceAsStream("conformance-exceptions.txt"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(draft.toString().length() + 1))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
