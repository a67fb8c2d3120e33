package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclarationsTest {
    @Test
    void oneVariableWithTwoTypesIsAFault() {
        TestGroup group = TestGroup.of(Map.of("A", "1"), g -> {
            g.item("A").asInt();
            g.item("A").asString();
        });

        assertThat(group.problems()).containsExactly("is declared as string here and as int in \"Test\"");
    }

    @Test
    void oneVariableReadTwiceAlikeIsFine() {
        TestGroup group = TestGroup.of(Map.of("A", "1"), g -> {
            g.item("A").asInt();
            g.item("A").optional().asInt();
        });

        assertThat(group.errors()).isEmpty();
    }

    @Test
    void aDeclarationWithoutATypeIsAFault() {
        TestGroup group = TestGroup.of(Map.of(), g -> g.item("A").orElse(1));

        assertThat(group.problems()).containsExactly("is declared without a type: end env() with an as…() method");
    }

    @Test
    void contradictionsInOneDeclarationAreRefused() {
        TestGroup.of(Map.of("A", "1"), g -> {
            Item item = g.item("A");
            item.asInt();
            assertThatThrownBy(item::asString).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> g.item("B").orElse(1).optional()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> g.item("C").allowEmpty().asInt()).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> g.item("D").separatedBy("")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> g.item("E F")).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void aFaultyDefaultIsAFaultWithDefaultAsItsOrigin() {
        TestGroup group = TestGroup.of(Map.of(), g -> g.item("A").orElse("ten").asInt());

        assertThat(group.errors())
                .containsExactly(new ConfigFault("Test", "A", "is not a whole number", "ten", "default", "ten"));
    }

    @Test
    void aMessageOfAThrowingConstructorIsHeldBackWhenThereAreSecrets() {
        Environment env = Environment.of(Map.of("A", "hunter2"));

        assertThatThrownBy(() -> Config.load(
                        env,
                        part -> TestGroup.of(part, g -> {
                            Secret secret = g.item("A").asSecret();
                            throw new IllegalStateException(secret.reveal());
                        })))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("IllegalStateException")
                .hasMessageNotContaining("hunter2");
    }
}
