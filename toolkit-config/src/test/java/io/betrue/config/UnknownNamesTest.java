package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownNamesTest {
    private static TestGroup http(Environment env) {
        return TestGroup.of(env, g -> {
            g.item("HTTP_PORT").orElse(8080).asPort();
            g.item("DB_PASSWORD").optional().asSecret();
            g.item("TIMEZONE").orElse("UTC").asTimeZone();
        });
    }

    private static TestGroup http(Map<String, String> variables) {
        return http(Environment.of(variables));
    }

    @ParameterizedTest
    @CsvSource({"HTTP_PROT", "HTTP_PRT", "HTTP_PORTT", "HTTP_PIRT", "HTPT_PORT", "http_port"})
    void aNameOneEditAwayFromAnUnsetSettingIsReported(String name) {
        assertThat(http(Map.of(name, "secret-value")).warnings())
                .containsExactly(new ConfigFault(
                        "Variables nothing declares",
                        name,
                        "is set but nothing declares it; did you mean HTTP_PORT?",
                        null,
                        "environment",
                        null));
    }

    @Test
    void aNameUnderAPrefixOfTheApplicationIsReported() {
        assertThat(http(Map.of("HTTP_KEEP_ALIVE", "1")).warnings())
                .extracting(ConfigFault::problem)
                .containsExactly("is set but nothing declares it");
    }

    @Test
    void thereIsNoNoiseAboutNamesOfOthers() {
        Map<String, String> platform = Map.of(
                "PATH", "/bin",
                "HOME", "/root",
                "JAVA_HOME", "/jdk",
                "HTTP_PROXY", "http://proxy",
                "HTTP_SERVICE_HOST", "10.0.0.1",
                "HTTP_SERVICE_PORT", "80",
                "HTTP_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                "HTTP_PORT_8080_TCP_PROTO", "tcp",
                "DB_PASSWORD_FILE", "",
                "SERVER", "x");

        assertThat(http(platform).warnings()).isEmpty();
        assertThat(http(Environment.of(Map.of("HTTP_X", "1", "DB_Y", "1")).ignoring("HTTP_*", "DB_Y"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void theProcessOfThisTestCausesNoWarning() {
        assertThat(http(Environment.system()).warnings()).isEmpty();
    }

    @Test
    void aRequiredSettingNamesTheVariableThatWasMeant() {
        TestGroup group =
                TestGroup.of(Map.of("HTTP_PROT", "1"), g -> g.item("HTTP_PORT").asPort());

        assertThat(group.problems()).containsExactly("is required but not set; HTTP_PROT is set, is it meant?");
    }

    @Test
    void strictModeTurnsWarningsIntoErrors() {
        TestGroup group = http(Environment.of(Map.of("HTTP_PROT", "1")).strict());

        assertThat(group.names()).containsExactly("HTTP_PROT");
        assertThat(group.warnings()).isEmpty();
    }

    @Test
    void anOverrideThatNothingDeclaresIsAlwaysAnError() {
        TestGroup group = http(Environment.of(Map.of()).with("HTTP_PROT", "1"));

        assertThat(group.errors())
                .extracting(ConfigFault::name, ConfigFault::origin)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("HTTP_PROT", "override in code"));
        assertThat(group.problems().get(0)).contains("did you mean HTTP_PORT?");
    }

    @Test
    void loadOrExitPrintsWarningsAndGoesOn() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicInteger status = new AtomicInteger(-1);
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);

        TestGroup group = Config.loadOrExit(
                Environment.of(Map.of("HTTP_PROT", "hunter2")), UnknownNamesTest::http, print, status::set);

        assertThat(status).hasValue(-1);
        assertThat(group.errors()).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("1 variable is set in vain", "HTTP_PROT", "did you mean HTTP_PORT?")
                .doesNotContain("hunter2");
    }

    @Test
    void theServiceManagersOwnVariablesAreNoNoiseEvenWhenStrict() {
        Map<String, String> systemd =
                Map.of("LISTEN_FDS", "1", "LISTEN_PID", "7", "JOURNAL_STREAM", "8:1", "LINES", "25");

        TestGroup group = TestGroup.of(Environment.of(systemd).strict(), g -> {
            g.item("LISTEN_PORT").orElse(0).asListenPort();
            g.item("JOURNAL_FOLDER").orElse("x").asPath();
            g.item("LINE").orElse("x").asString();
        });

        assertThat(group.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TIMEZON", "TIMEZONEE", "TIMEZNOE"})
    void aMisspeltNameWithoutAPrefixIsReportedToo(String name) {
        assertThat(http(Map.of(name, "UTC")).warnings())
                .extracting(ConfigFault::problem)
                .containsExactly("is set but nothing declares it; did you mean TIMEZONE?");
    }
}
