package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten complaints of users of other configuration libraries, and what holds here. */
class ComplaintsTest {
    @TempDir
    Path folder;

    @Test
    void c01everyErrorIsShownAtOnce() {
        TestGroup group = TestGroup.of(Map.of("A", "x"), g -> {
            g.item("A").asInt();
            g.item("B").asInt();
            g.item("C").orElse("x").asDuration();
        });

        assertThat(group.names()).containsExactly("A", "B", "C");
    }

    @Test
    void c02theErrorNamesTheVariableWithItsPrefix() {
        Session session = Session.guarded(Environment.of(Map.of()));
        TestGroup group = TestGroup.of(
                Environment.of(Map.of()).in(session, "game", ""),
                g -> g.item("HTTP_{context}_PORT").asPort());

        assertThat(group.names()).containsExactly("HTTP_GAME_PORT");
    }

    @Test
    void c03noSecretIsInAnyErrorNotEvenItsStart() {
        TestGroup group = TestGroup.x("hunter2", item -> item.secret().asInt());

        assertThat(group.errors().toString()).doesNotContain("hunt");
    }

    @Test
    void c04anEmptyTextIsPossibleByChoiceAndAnEmptyOptionalAddressIsUnset() {
        TestGroup.x("", item -> assertThat(item.allowEmpty().asString()).isEmpty());
        TestGroup.x("", item -> assertThat(item.optional().asUrl()).isEmpty());
    }

    @Test
    void c05misspeltNamesAreReportedAndThePathIsNot() {
        Environment env = Environment.of(Map.of("PATH", "/bin", "HOME", "/", "SHOP_PROT", "1"))
                .strict();

        assertThat(TestGroup.of(env, g -> g.item("SHOP_PORT").orElse(1).asPort())
                        .names())
                .containsExactly("SHOP_PROT");
    }

    @Test
    void c06aNestedKeyHasExactlyOneNameAndTwoKeysForOneAreAnError() throws Exception {
        Path yaml = Files.writeString(folder.resolve("c.yaml"), "a-b: {cD: 1}\na_b: {c_d: 2}\n");

        TestGroup group = TestGroup.of(Environment.of(Map.of()).withYaml(yaml), g -> {});

        assertThat(group.problems()).containsExactly("the key a_b.c_d is A_B_C_D, which " + yaml + ":1 already has");
    }

    @Test
    void c07aListFromAFileIsOverriddenByPlainText() throws Exception {
        Path yaml = Files.writeString(folder.resolve("c.yaml"), "hosts: [a, b, c]\n");
        Environment env = Environment.of(Map.of("HOSTS", "d,e")).withYaml(yaml);

        TestGroup.of(
                env,
                g -> assertThat(g.item("HOSTS").asListOf(ValueType.string())).containsExactly("d", "e"));
    }

    @Test
    void c08everySettingCanComeFromAFileWithoutItsLastLineEnd() throws Exception {
        Path file = Files.writeString(folder.resolve("p"), "7\n");

        TestGroup.of(
                Map.of("X_FILE", file.toString()),
                g -> assertThat(g.item("X").asInt()).isEqualTo(7));
    }

    @Test
    void c09driftOfTheExampleFileIsFoundByCheck() throws Exception {
        Path file = folder.resolve(".env.example");
        String[] args = {
            io.betrue.config.fixture.ShopConfig.class.getName(),
            "--format",
            "dotenv",
            "--out",
            file.toString(),
            "--check"
        };
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        assertThat(ConfigDocs.run(nowhere, nowhere, java.util.Arrays.copyOf(args, 5)))
                .isZero();
        assertThat(ConfigDocs.run(nowhere, nowhere, args)).isZero();
        Files.writeString(file, Files.readString(file).replace("#DB_SCHEMA=\n", ""));

        assertThat(ConfigDocs.run(nowhere, nowhere, args)).isEqualTo(1);
    }

    @Test
    void c10documentingJudgesNothing() {
        Session session = Session.documenting(Environment.of(Map.of()));
        boolean[] asked = {false};

        TestGroup.of(Environment.of(Map.of()).in(session, "", ""), g -> {
            g.item("REQUIRED").asInt();
            g.item("FOLDER").orElse("/missing").asPath(PathCheck.IS_DIRECTORY);
            g.item("PICKY").orElse("1").as(ValueType.integer().check("must ask", i -> asked[0] = true));
            g.must("never asked", () -> asked[0] = true, "PICKY");
        });

        assertThat(session.errors()).isEmpty();
        assertThat(asked[0]).isFalse();
    }
}
