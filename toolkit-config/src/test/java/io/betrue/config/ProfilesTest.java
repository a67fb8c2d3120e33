package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfilesTest {
    private static TestGroup load(Environment env) {
        return TestGroup.of(env, g -> {
            g.item("POOL").orElse(1).orElseIn("prod", 20).asInt();
            g.item("KEY").orElse("dev-key").requiredIn("prod").asString();
        });
    }

    @Test
    void eachProfileHasItsDefaultsAndRequirements() {
        TestGroup.of(Map.of("APP_PROFILE", "prod", "KEY", "k"), g -> {
            assertThat(g.chosenProfile()).isEqualTo("prod");
            assertThat(g.item("POOL").orElse(1).orElseIn("prod", 20).asInt()).isEqualTo(20);
            assertThat(g.item("OTHER").orElse(1).orElseIn("dev", 20).asInt()).isEqualTo(1);
        });
        assertThat(load(Environment.of(Map.of())).errors()).isEmpty();
        assertThat(load(Environment.of(Map.of("APP_PROFILE", "PROD"))).problems())
                .containsExactly("is required in prod but not set");
    }

    @Test
    void anUnknownProfileIsAFaultWithASuggestionAndHidesNothing() {
        TestGroup group = load(Environment.of(Map.of("APP_PROFILE", "prd")));

        assertThat(group.names()).containsExactly("APP_PROFILE", "KEY");
        assertThat(group.problems().get(0)).isEqualTo("must be one of local, dev, test, prod; did you mean prod?");
    }

    @Test
    void theVariableIsReadOnlyIfASettingAsksForAProfile() {
        assertThat(TestGroup.of(
                                Map.of("APP_PROFILE", "whatever"),
                                g -> g.item("A").orElse(1).asInt())
                        .errors())
                .isEmpty();
    }

    @Test
    void namesAreSettableAndUnknownOnesRefused() {
        Environment env = Environment.of(Map.of("STAGE", "live")).withProfiles("STAGE", "lab", "live");

        TestGroup.of(env, g -> {
            assertThat(g.chosenProfile()).isEqualTo("live");
            Item item = g.item("A");
            assertThatThrownBy(() -> item.requiredIn("prod"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("use one of lab, live");
            item.orElse(1).asInt();
        });
        assertThatThrownBy(() -> env.withProfiles("STAGE")).isInstanceOf(IllegalArgumentException.class);
    }
}
