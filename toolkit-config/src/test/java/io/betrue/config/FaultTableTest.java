package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultTableTest {
    private static String table(String... values) {
        List<ConfigFault> faults = java.util.Arrays.stream(values)
                .map(value -> new ConfigFault("Group", "X", "is wrong", value, "environment", null))
                .toList();
        return FaultTable.errors(faults);
    }

    @Test
    void controlCharactersAreEscapedAndRowsStayLines() {
        String table = table("a\nb\r\t", "\u001B[31mred", "\u202Eevil", "\uD800", "\u0085");

        assertThat(table.lines().filter(line -> line.startsWith("|")).count()).isEqualTo(7);
        assertThat(table).contains("a\\nb\\r\\t", "\\u001b[31mred", "\\u202eevil", "\\ud800", "\\u0085");
    }

    @Test
    void longValuesAreCutAndWideOnesKeepTheColumns() {
        String table = table("x".repeat(10_000), "表".repeat(100), "short", "e\u0301");

        List<String> rows = table.lines().filter(line -> line.startsWith("|")).toList();
        assertThat(rows.stream().map(Display::width).distinct()).hasSize(1);
        assertThat(table).contains("xxx…").contains("表…");
    }

    @Test
    void aMillionCharactersAreNoTrouble() {
        assertThat(table("\u0001".repeat(1_000_000))).hasSizeLessThan(2_000);
    }

    @Test
    void credentialsInAddressesAreMasked() {
        TestGroup group = TestGroup.x("postgres://app:hunter2@db/x", item -> item.asUrl());

        assertThat(group.errors().get(0).value()).isEqualTo("postgres://******@db/x");
    }

    @Test
    void eachGroupHasItsOwnTableInOrder() {
        String table = FaultTable.errors(List.of(
                new ConfigFault("B", "B_X", "is wrong", null, "", null),
                new ConfigFault("A", "A_X", "is wrong", null, "", null)));

        assertThat(table).startsWith("2 settings are not fit").containsSubsequence("\nB\n", "B_X", "\nA\n", "A_X");
    }

    @Test
    void namesProblemsAndOriginsAreNotCut() {
        String name = "X".repeat(200);
        TestGroup group = TestGroup.of(
                Map.of(name, "a,b,c,d,e,f,g,h,i"), g -> g.item(name).asListOf(ValueType.integer()));

        assertThat(FaultTable.errors(group.errors()))
                .contains("| " + name + " |", "element 8 is not a whole number; and 1 more |");
    }
}
