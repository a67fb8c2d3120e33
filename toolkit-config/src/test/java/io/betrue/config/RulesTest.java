package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static TestGroup tls(Map<String, String> variables) {
        return TestGroup.of(variables, group -> {
            boolean tls = group.item("TLS").orElse(false).asBoolean();
            group.item("TLS_KEY").optional().example("/etc/key.pem").asPath();
            group.mustWhen("TLS_KEY", "TLS", () -> tls);
        });
    }

    private static TestGroup pool(Map<String, String> variables) {
        return TestGroup.of(variables, group -> {
            int min = group.item("POOL_MIN").orElse(1).asInt();
            int max = group.item("POOL_MAX").orElse(10).asInt();
            group.must("{POOL_MIN} must be less than {POOL_MAX}", () -> min < max, "POOL_MIN", "POOL_MAX");
        });
    }

    private static TestGroup either(Map<String, String> variables) {
        return TestGroup.of(variables, group -> {
            group.item("DB_URL").optional().asUri();
            group.item("DB_HOST").optional().asString();
            group.oneOf("DB_URL", "DB_HOST");
        });
    }

    @Test
    void requiredWhenSpeaksOnlyWhenItsConditionHolds() {
        assertThat(tls(Map.of()).errors()).isEmpty();
        assertThat(tls(Map.of("TLS", "true", "TLS_KEY", "/k")).errors()).isEmpty();
        assertThat(tls(Map.of("TLS", "true")).errors())
                .containsExactly(
                        new ConfigFault("Test", "TLS_KEY", "is required when TLS is true", null, "", "/etc/key.pem"));
    }

    @Test
    void aRuleIsSilentWhileItsInputsAreFaulty() {
        assertThat(tls(Map.of("TLS", "maybe")).names()).containsExactly("TLS");
        assertThat(pool(Map.of("POOL_MIN", "x", "POOL_MAX", "0")).names()).containsExactly("POOL_MIN");
    }

    @Test
    void aConditionNamesItsSettingsWithTheirValuesAndOrigins() {
        assertThat(pool(Map.of("POOL_MIN", "20")).errors())
                .containsExactly(new ConfigFault(
                        "Test",
                        "POOL_MIN, POOL_MAX",
                        "POOL_MIN must be less than POOL_MAX",
                        "20, 10",
                        "environment, default",
                        null));
    }

    @Test
    void exactlyOneOfTellsWhichAreSet() {
        assertThat(either(Map.of()).problems()).containsExactly("exactly one of them must be set, none is");
        assertThat(either(Map.of("DB_URL", "a:b", "DB_HOST", "h")).problems())
                .containsExactly("exactly one of them must be set, set are DB_URL and DB_HOST");
        assertThat(either(Map.of("DB_HOST", "h")).errors()).isEmpty();
    }

    @Test
    void aRuleNeverShowsASecret() {
        TestGroup group = TestGroup.of(Map.of("A", "hunter2", "B", "x"), g -> {
            g.item("A").optional().asSecret();
            g.item("B").optional().asString();
            g.oneOf("A", "B");
            g.must("{A} must differ from {B}", () -> false, "A", "B");
        });

        assertThat(group.errors())
                .hasSize(2)
                .allSatisfy(fault -> assertThat(fault.toString()).doesNotContain("hunter2"));
    }

    @Test
    void aRuleThatThrowsIsAFaultOnlyWhenEverySettingIsSound() {
        TestGroup sound = TestGroup.of(Map.of("A", "1"), g -> {
            g.item("A").asInt();
            g.must("never asked", () -> Integer.parseInt("no") > 0, "A");
        });
        TestGroup faulty = TestGroup.of(Map.of("A", "1"), g -> {
            g.item("A").asInt();
            g.item("B").asInt();
            g.must("never asked", () -> Integer.parseInt("no") > 0, "A");
        });

        assertThat(sound.problems())
                .containsExactly("could not be checked: the rule threw java.lang.NumberFormatException");
        assertThat(faulty.names()).containsExactly("B");
    }

    @Test
    void aRuleOverAnUndeclaredNameIsRefused() {
        assertThatThrownBy(() -> TestGroup.of(Map.of(), g -> g.oneOf("NOPE")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NOPE, which is not declared");
        assertThatThrownBy(() -> TestGroup.of(Map.of(), TestGroup::oneOf)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rulesUseTheFullNamesOfTheirContext() {
        Environment env = Environment.of(Map.of("GAME_POOL_MIN", "3"));

        assertThatThrownBy(() -> Config.load(env, GameSet::new))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.errors())
                                .extracting(ConfigFault::problem)
                                .containsExactly("GAME_POOL_MIN must be 2", "must never be both"));
    }

    static final class GameSet extends ConfigSet {
        GameSet(Environment env) {
            super(env);
            group(
                    "GAME",
                    part -> TestGroup.of(part, g -> {
                        int min = g.item("POOL_MIN").asInt();
                        g.must("{POOL_MIN} must be 2", () -> min == 2, "POOL_MIN");
                    }));
            rule("must never be both", () -> false, "GAME_POOL_MIN");
        }
    }
}
