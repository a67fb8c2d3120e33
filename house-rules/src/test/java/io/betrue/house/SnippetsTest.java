package io.betrue.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnippetsTest {
    private static final String PAGE = """
            text
            <!-- snippet: a/src/test/java/XTest.java#use -->
            ```java
            int a = 1;
            ```
            ```java
            int b;
            ```
            """;

    @Test
    void findsTheFencesAndTheirSources() {
        assertThat(Snippets.fences(PAGE)).hasSize(2);
        assertThat(Snippets.fences(PAGE).get(0).file()).isEqualTo("a/src/test/java/XTest.java");
        assertThat(Snippets.fences(PAGE).get(0).region()).isEqualTo("use");
        assertThat(Snippets.fences(PAGE).get(0).code()).containsExactly("int a = 1;");
        assertThat(Snippets.fences(PAGE).get(1).file()).isEmpty();
    }

    @Test
    void takesARegionWithoutItsIndentation() {
        String source = "class X {\n    // tag::use[]\n    if (a) {\n        b();\n    }\n    // end::use[]\n}\n";
        assertThat(Snippets.region(source, "use")).containsExactly("if (a) {", "    b();", "}");
        assertThat(Snippets.region(source, "other")).isEmpty();
    }
}
