package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String read(Environment env, String name) {
        String[] value = {""};
        TestGroup group =
                TestGroup.of(env, g -> value[0] = g.item(name).orElse("default").asString());
        assertThat(group.errors()).isEmpty();
        return value[0];
    }

    @Test
    void theFirstSourceThatHasAValueWins() throws IOException {
        Map<String, String> variables = new HashMap<>();
        Environment files = Environment.of(variables);
        assertThat(read(files, "X")).isEqualTo("default");
        Path yaml = file("c.yaml", "x: yaml");
        Path dotEnv = file("d.env", "Y=other\n");
        Path secrets = Files.createDirectory(folder.resolve("secrets"));

        assertThat(read(Environment.of(variables).withYaml(yaml), "X")).isEqualTo("yaml");
        file("d.env", "X=dotenv\n");
        Environment lower =
                Environment.of(variables).withYaml(yaml).withDotEnv(dotEnv).withSecrets(secrets);
        assertThat(read(lower, "X")).isEqualTo("dotenv");
        file("secrets/x", "secret\n");
        assertThat(read(lower, "X")).isEqualTo("secret");
        file("d.env", "");
        Path pointed = file("pointed", "pointed\r\n");
        Environment pointing = Environment.of(Map.of("X_FILE", pointed.toString()))
                .withSecrets(secrets)
                .withYaml(yaml);
        assertThat(read(pointing, "X")).isEqualTo("pointed");
        Environment process =
                Environment.of(Map.of("X", "process")).withSecrets(secrets).withYaml(yaml);
        assertThat(read(process, "X")).isEqualTo("process");
        assertThat(read(process.with("X", "code"), "X")).isEqualTo("code");
    }

    @Test
    void aFileOfASecretLosesExactlyOneLineEnd() throws IOException {
        Path secret = file("s", " p\n\n");

        assertThat(read(Environment.of(Map.of("X_FILE", secret.toString())), "X"))
                .isEqualTo(" p\n");
    }

    @Test
    void bothAVariableAndItsFileIsAFaultNamingBoth() {
        TestGroup group = TestGroup.of(
                Map.of("X", "a", "X_FILE", "/run/x"), g -> g.item("X").asString());

        assertThat(group.problems())
                .containsExactly("is set twice, by X (environment) and by X_FILE (environment): keep one");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path large = file("large", "x".repeat(TextFile.MAX_BYTES + 1));
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE});

        for (String path : List.of("/missing/file", folder.toString(), large.toString(), binary.toString())) {
            TestGroup group = TestGroup.of(
                    Map.of("X_FILE", path), g -> g.item("X").orElse("d").asString());
            assertThat(group.problems()).hasSize(1);
            assertThat(group.problems().get(0))
                    .startsWith("cannot be read: the file ")
                    .contains("X_FILE names ");
            assertThat(group.errors().get(0).origin()).isEqualTo("X_FILE (environment)");
        }
    }

    @Test
    void aVariableThatIsItselfAFileNameMustSaySo() {
        TestGroup unclear = TestGroup.of(Map.of(), g -> {
            g.item("LOG").orElse("a").asString();
            g.item("LOG_FILE").orElse("b").asString();
        });
        TestGroup clear = TestGroup.of(Map.of("LOG_FILE", "app.log"), g -> {
            assertThat(g.item("LOG").withoutFileVariable().orElse("a").asString())
                    .isEqualTo("a");
            assertThat(g.item("LOG_FILE").orElse("b").asString()).isEqualTo("app.log");
        });

        assertThat(unclear.problems().get(0)).contains("LOG_FILE", "withoutFileVariable()");
        assertThat(clear.errors()).isEmpty();
    }

    @Test
    void originsNameTheFileAndLine() throws IOException {
        Path dotEnv = file(".env", "\n# c\nX=a\n");
        Path properties = file("c.properties", "a = 1\n\ny.z = \\\n  b\n");
        Path yaml = file("c.yaml", "http:\n  port: x\n");
        Environment env = Environment.of(Map.of())
                .withDotEnv(dotEnv)
                .withProperties(properties)
                .withYaml(yaml);

        TestGroup group = TestGroup.of(env, g -> {
            g.item("X").asInt();
            g.item("Y_Z").asInt();
            g.item("HTTP_PORT").asInt();
            g.item("D").orElse("d").asInt();
        });

        assertThat(group.errors())
                .extracting(ConfigFault::origin)
                .containsExactly(dotEnv + ":3", properties + ":3", yaml + ":2", "default");
    }

    @Test
    void missingConventionalFilesAreFineAndNamedFilesAreNot() {
        Environment env =
                Environment.of(Map.of()).withDotEnv(folder.resolve(".env")).withSecrets(folder.resolve("no"));
        assertThat(TestGroup.of(env, g -> {}).errors()).isEmpty();

        TestGroup group = TestGroup.of(env.withYaml(folder.resolve("c.yaml")), g -> {});
        assertThat(group.errors()).extracting(ConfigFault::group).containsExactly("Sources");
        assertThat(group.problems()).containsExactly("does not exist");
    }

    @Test
    void yamlKeepsTextsAsWrittenAndKnowsLists() throws IOException {
        Path yaml = file(
                "c.yaml", "a: 010\nhttp: {clientHost: \"x\"}\nlist: [\"1,2\", 3]\nnone:\nanchor: &a 5\nalias: *a\n");

        TestGroup group = TestGroup.of(Environment.of(Map.of()).withYaml(yaml), g -> {
            assertThat(g.item("A").asString()).isEqualTo("010");
            assertThat(g.item("HTTP_CLIENT_HOST").asString()).isEqualTo("x");
            assertThat(g.item("LIST").asListOf(ValueType.string())).containsExactly("1,2", "3");
            assertThat(g.item("NONE").orElse("unset").asString()).isEqualTo("unset");
            assertThat(g.item("ALIAS").asInt()).isEqualTo(5);
        });

        assertThat(group.errors()).isEmpty();
    }

    @Test
    void faultsInYamlAreReportedWithTheirLine() throws IOException {
        String deep = "a: ".repeat(1) + "{a: ".repeat(40) + "1" + "}".repeat(40);
        for (String text : List.of("a: [", "- 1", "a: 1\nA: 2", "a: [{b: 1}]", "x y: 1", deep, "a: &x {b: *x}")) {
            TestGroup group = TestGroup.of(Environment.of(Map.of()).withYaml(file("c.yaml", text)), g -> {});
            assertThat(group.errors()).as(text).hasSize(1);
            assertThat(group.errors().get(0).origin()).contains("c.yaml");
        }
    }

    @Test
    void faultsInPropertiesAreReportedWithTheirLine() throws IOException {
        Path properties = file("c.properties", "! c\nhttp.port=1\nHTTP_PORT=2\nbad=\\u00zz\n");

        TestGroup group = TestGroup.of(Environment.of(Map.of()).withProperties(properties), g -> {});

        assertThat(group.names()).containsExactly(properties + ":3", properties + ":4");
        assertThat(group.problems().get(0)).contains("HTTP_PORT", properties + ":2");
    }

    @Test
    void expandsReferencesByChoiceOnly() {
        Map<String, String> variables = Map.of("X", "http://${HOST}/$${A}", "HOST", "h-${N}", "N", "1");

        assertThat(read(Environment.of(variables), "X")).isEqualTo("http://${HOST}/$${A}");
        assertThat(read(Environment.of(variables).withExpansion(), "X")).isEqualTo("http://h-1/${A}");
    }

    @Test
    void expansionFindsCyclesUnsetNamesAndBombs() {
        Map<String, String> variables =
                new HashMap<>(Map.of("A", "${B}", "B", "${A}", "C", "${NO}", "D", "${", "E", "${-}"));
        variables.put("L0", "x".repeat(1000));
        for (int i = 1; i < 10; i++) {
            variables.put("L" + i, ("${L" + (i - 1) + "}").repeat(9));
        }

        TestGroup group = TestGroup.of(Environment.of(variables).withExpansion(), g -> {
            for (String name : List.of("A", "C", "D", "E", "L9")) {
                g.item(name).asString();
            }
        });

        assertThat(group.problems())
                .containsExactly(
                        "refers to itself: A -> B -> A",
                        "refers to NO, which is not set",
                        "opens ${ without closing it; write $${ for a literal ${",
                        "holds a ${…} that names no variable; write $${ for a literal ${",
                        "expands to more than 65536 characters");
        assertThat(group.errors().get(0).value()).isEqualTo("${B}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*hunter2", "!hunter2!x y", "\"hunter2\\q\"", "%hunter2", "@hunter2"})
    void aBrokenYamlFileDoesNotShowWhatItHolds(String password) throws IOException {
        Path yaml = file("broken.yaml", "db:\n  password: " + password + "\n");

        TestGroup group = TestGroup.of(Environment.of(Map.of()).withYaml(yaml), g -> {});

        assertThat(group.names()).containsExactly(yaml + ":2");
        assertThat(group.errors().toString()).contains("is not YAML").doesNotContain("hunter2");
    }

    @Test
    void aVeryDeepYamlFileIsAFaultLikeAnyOther() throws IOException {
        Path yaml = file("deep.yaml", "[".repeat(500_000));

        TestGroup group = TestGroup.of(Environment.of(Map.of()).withYaml(yaml), g -> {});

        assertThat(group.problems()).containsExactly("is nested deeper than 32 levels");
    }

    @Test
    void aFileInPlaceOfTheDirectoryOfSecretsIsAFault() throws IOException {
        Path secrets = file("secrets", "");

        TestGroup group = TestGroup.of(Environment.of(Map.of()).withSecrets(secrets), g -> {});

        assertThat(group.problems()).containsExactly("is not a directory of secret files");
    }

    @Test
    void anExpansionThatBranchesEndlesslyIsRefused() {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < 14; i++) {
            variables.put("X" + i, ("${X" + (i + 1) + "}").repeat(30));
        }
        variables.put("X14", "");

        TestGroup group = TestGroup.of(
                Environment.of(variables).withExpansion(), g -> g.item("X0").asString());

        assertThat(group.problems()).containsExactly("refers to more than 1000 variables");
    }

    @Test
    void ofTwoDirectoriesOfSecretsTheOneAddedLastWins() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        file("first/X", "first");
        file("second/X", "second");

        assertThat(read(Environment.of(Map.of()).withSecrets(first).withSecrets(second), "X"))
                .isEqualTo("second");
    }

    @Test
    void aReferenceAsksTheSourcesInTheirOrder() throws IOException {
        Path secrets = Files.createDirectory(folder.resolve("referred"));
        Path dotEnv = file("r.env", "OTHER=dotenv\nX=${OTHER}\n");
        Path yaml = file("r.yaml", "other: yaml");
        Environment files =
                Environment.of(Map.of()).withYaml(yaml).withDotEnv(dotEnv).withSecrets(secrets);

        assertThat(read(files.withExpansion(), "X")).isEqualTo("dotenv");
        file("referred/OTHER", "secret");
        assertThat(read(files.withExpansion(), "X")).isEqualTo("secret");
        Environment pointing = Environment.of(
                        Map.of("OTHER_FILE", file("p", "pointed").toString()))
                .withDotEnv(dotEnv)
                .withSecrets(secrets);
        assertThat(read(pointing.withExpansion(), "X")).isEqualTo("pointed");
        Environment process =
                Environment.of(Map.of("OTHER", "process")).withDotEnv(dotEnv).withSecrets(secrets);
        assertThat(read(process.withExpansion(), "X")).isEqualTo("process");
    }
}
