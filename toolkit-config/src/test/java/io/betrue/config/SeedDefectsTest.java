package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fourteen defects of the original system, in its order; each test names what holds instead. */
class SeedDefectsTest {
    @TempDir
    Path folder;

    @Test
    void d01anUnsetOptionalOfAnyTypeIsEmptyWithoutError() {
        TestGroup group = TestGroup.of(Map.of(), g -> {
            assertThat(g.item("A").optional().asBoolean()).isEmpty();
            assertThat(g.item("B").optional().asUrl()).isEmpty();
            assertThat(g.item("C").optional().asEnum(TimeUnit.class)).isEmpty();
            assertThat(g.item("D").optional().asListOf(ValueType.string())).isEmpty();
        });

        assertThat(group.errors()).isEmpty();
    }

    @Test
    void d02anUnsetOptionalNumberIsEmpty() {
        TestGroup.x(null, item -> assertThat(item.optional().asInt()).isEmpty());
    }

    @Test
    void d03whatIsNotAWholeNumberIsAnError() {
        for (String text : List.of("abc", "12abc", "1.9")) {
            assertThat(TestGroup.x(text, Item::asInt).problems()).containsExactly("is not a whole number");
        }
    }

    @Test
    void d04anEmptyRequiredVariableIsAnErrorForEveryType() {
        assertThat(TestGroup.x("", Item::asString).problems()).containsExactly("is required but empty");
        assertThat(TestGroup.x("", Item::asInt).problems()).containsExactly("is required but empty");
        assertThat(TestGroup.x("", item -> item.asListOf(ValueType.string())).problems())
                .containsExactly("is required but empty");
    }

    @Test
    void d05aDefaultMayBeAList() {
        TestGroup.x(
                null,
                item -> assertThat(item.orElse(List.of("a,b", "c")).asListOf(ValueType.string()))
                        .containsExactly("a,b", "c"));
    }

    @Test
    void d06elementsOfListsAreTrimmed() {
        TestGroup.x(
                "a, b", item -> assertThat(item.asListOf(ValueType.string())).containsExactly("a", "b"));
    }

    @Test
    void d07aChoiceOfNumbersMatchesText() {
        TestGroup.x(
                "2",
                item -> assertThat(item.as(ValueType.integer().oneOf("1", "2"))).isEqualTo(2));
    }

    @Test
    void d08anOverrideLeavesNoErrorBehind() {
        Environment faulty = Environment.of(Map.of("X", "a"));

        assertThat(TestGroup.of(faulty.with("X", "1"), g -> g.item("X").asInt()).errors())
                .isEmpty();
    }

    @Test
    void d09andD10aContextIsAppliedToEverySettingAndToItsErrors() {
        Environment env = Environment.of(Map.of("GAME_A", "x"));

        assertThatThrownBy(() -> Config.load(env, Contexts::new))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.errors())
                                .extracting(ConfigFault::name)
                                .containsExactly("GAME_A", "GAME_B"));
    }

    static final class Contexts extends ConfigSet {
        Contexts(Environment env) {
            super(env);
            group(
                    "GAME",
                    part -> TestGroup.of(part, g -> {
                        g.item("A").asInt();
                        g.item("B").asInt();
                    }));
        }
    }

    @Test
    void d11barsInTypesDoNotBreakTheMarkdownTable() {
        assertThat(MarkdownDocs.code("a|b")).isEqualTo("`a\\|b`");
        assertThat(MarkdownDocs.code("a`b")).isEqualTo("`` a`b ``");
        assertThat(MarkdownDocs.text("a|`b`\nc")).isEqualTo("a\\|\\`b\\` c");
    }

    @Test
    void d12aGroupWithoutSettingsHasNoTable() {
        Session session = Session.documenting(Environment.of(Map.of()));
        TestGroup.of(Environment.of(Map.of()).in(session, "", ""), g -> {});

        assertThat(MarkdownDocs.render(session)).isEmpty();
    }

    @Test
    void d13aMissingMarkerLeavesTheFileAsItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("README.md"), "[envs]: start\ntext\n");

        assertThatThrownBy(() -> DocsFile.read(file).write("x", true)).isInstanceOf(Refusal.class);

        assertThat(file).hasContent("[envs]: start\ntext\n");
    }

    @Test
    void d14anUnknownOverrideIsAnError() {
        TestGroup group = TestGroup.of(
                Environment.of(Map.of()).with("NOPE", "1"),
                g -> g.item("X").orElse(1).asInt());

        assertThat(group.names()).containsExactly("NOPE");
    }
}
