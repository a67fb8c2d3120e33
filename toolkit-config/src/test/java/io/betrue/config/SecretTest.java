package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void showsAMaskAndRevealsOnRequest() {
        Secret secret = Secret.of("hunter2");

        assertThat(secret).hasToString("******").isEqualTo(Secret.of("hunter2")).isNotEqualTo(Secret.of("x"));
        assertThat(secret.reveal()).isEqualTo("hunter2");
    }

    @Test
    void noFaultOfASecretShowsIt() {
        TestGroup group = TestGroup.of(Map.of("A", "hunter2", "B", "hunter2", "C", "hunter2,hunter2"), g -> {
            g.item("A").secret().asInt();
            g.item("B").secret().as(ValueType.of("own", "1", Integer::valueOf));
            g.item("C").secret().asListOf(ValueType.duration());
            g.item("D").orElse("hunter2").secret().asUrl();
        });

        assertThat(group.errors()).hasSize(4).allSatisfy(fault -> {
            assertThat(fault.toString()).doesNotContain("hunter2");
            assertThat(fault.value()).isEqualTo("******");
        });
    }

    @Test
    void aVariableThatIsSecretInOneDeclarationIsMaskedInBoth() {
        TestGroup group = TestGroup.of(Map.of("A", "hunter2"), g -> {
            g.item("A").asInt();
            g.item("A").secret().asInt();
        });

        assertThat(group.errors())
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.toString()).doesNotContain("hunter2"));
        assertThat(group.problems()).anyMatch(problem -> problem.contains("secret in one of two declarations"));
    }

    @Test
    void anExpandedSecretDoesNotShowThroughAnotherSetting() {
        Environment env = Environment.of(Map.of("PASSWORD", "hunter2", "URL", "${PASSWORD}"))
                .withExpansion();

        TestGroup group = TestGroup.of(env, g -> g.item("URL").as(ValueType.of("own", "1", Integer::valueOf)));

        assertThat(group.errors().toString()).doesNotContain("hunter2").contains("${PASSWORD}");
    }

    @Test
    void aPasswordGivenInPlaceOfItsFileIsNotShown() {
        TestGroup group = TestGroup.of(Map.of("A_FILE", "hunter2", "B_FILE", "/no/such/file"), g -> {
            g.item("A").asSecret();
            g.item("B").asSecret();
        });

        assertThat(group.problems())
                .containsExactly(
                        "cannot be read: the file that A_FILE names does not exist",
                        "cannot be read: the file /no/such/file that B_FILE names does not exist");
    }

    @Test
    void theAllowedValuesOfASecretAreNotShown() {
        TestGroup group =
                TestGroup.x("x", item -> item.secret().as(ValueType.string().oneOf("hunter2", "hunter3")));

        assertThat(group.problems()).containsExactly("is not one of the allowed values");
        assertThat(group.errors().toString()).doesNotContain("hunter");
    }

    @Test
    void aPasswordWithASlashInAnAddressIsMasked() {
        TestGroup group = TestGroup.x("postgres://app:p/hunter2@db/x", item -> item.asUrl());

        assertThat(group.errors().get(0).value()).isEqualTo("postgres://******@db/x");
    }
}
