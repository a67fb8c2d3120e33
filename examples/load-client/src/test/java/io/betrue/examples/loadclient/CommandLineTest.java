package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private static final String HERE = "http://127.0.0.1:1";

    @TempDir
    Path folder;

    private final StringWriter text = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate=0         | rate must be 0.1..10000, was 0",
                "--users=1        | users must be 2..1000, was 1",
                "--in-flight=0    | in-flight must be 1..100000, was 0",
                "--timeout=11m    | timeout in seconds must be 0.001..600, was 660",
                "--duration=60    | \"60\" is not a duration above zero with ms, s, m or h, as in 60s",
                "--ramp=61s       | ramp must not be longer than duration",
                "--duration=0s    | \"0s\" is not a duration above zero",
                "--mix=theft=1    | \"theft\" is not a kind of request; known are deposit, withdraw,",
                "--mix=deposit    | \"deposit\" is not kind=weight, such as deposit=3",
                "--mix=deposit=-1 | weight \"-1\" is not a whole number 0..1000000",
                "--mix=deposit=0  | a mix needs at least one kind with a weight above 0",
                "--mix=deposit=1,deposit=2 | deposit stands twice in the mix",
                "--rat=5          | Unknown option"
            })
    void wrongOptionIsUsageError(String option, String message) {
        int exit =
                execute("run", "--url", HERE, "--history", folder.resolve("h").toString(), option);

        assertThat(exit).isEqualTo(2);
        assertThat(text.toString()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://192.0.2.1:8080   | \"http://192.0.2.1:8080\" is not on this machine; --allow-remote permits it",
                "http://0.0.0.0:8080     | is not on this machine",
                "ftp://127.0.0.1         | \"ftp://127.0.0.1\" is not an address such as http://127.0.0.1:8080",
                "127.0.0.1:8080          | is not an address",
                "http://127.0.0.1/?a=b   | is not an address"
            })
    void targetElsewhereIsRefused(String url, String message) {
        assertThat(execute("run", "--url", url, "--history", folder.resolve("h").toString()))
                .isEqualTo(2);
        assertThat(text.toString()).contains(message);
    }

    @Test
    void targetElsewhereIsPermittedOnDemand() {
        assertThat(Target.of("http://192.0.2.1:8080/", true)).hasToString("http://192.0.2.1:8080");
        assertThat(Target.of("http://[::1]:8080", false)).hasToString("http://[::1]:8080");
        assertThat(Target.of("http://localhost", false)).hasToString("http://localhost");
    }

    @Test
    void checkNeedsHistory() {
        assertThat(execute(
                        "check",
                        "--url",
                        HERE,
                        "--history",
                        folder.resolve("none").toString()))
                .isEqualTo(2);
        assertThat(text.toString()).contains("history " + folder.resolve("none") + " is not a readable file");
    }

    @Test
    void helpNamesBothCommandsAndEveryDefault() {
        assertThat(execute("--help")).isZero();
        assertThat(execute("run", "--help")).isZero();
        assertThat(text.toString()).contains("run", "check", "Default: 100", "Default: 60s", "--tolerate-unavailable");
    }

    @Test
    void defaultMixAddsUpToOneHundred() {
        int sum = 0;
        for (Kind kind : Kind.values()) {
            sum += kind.weight();
        }
        assertThat(sum).isEqualTo(100);
    }

    private int execute(String... args) {
        PrintWriter out = new PrintWriter(text, true);
        return LoadClient.commandLine().setOut(out).setErr(out).execute(args);
    }
}
