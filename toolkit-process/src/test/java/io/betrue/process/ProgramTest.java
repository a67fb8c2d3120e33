package io.betrue.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The command line. */
class ProgramTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> ran = new ArrayList<>();

    private final Program program = program(config -> {});

    private Program program(Consumer<ProgramConfig> more) {
        return Program.of("shop", config -> {
            config.describedAs("Sells things.")
                    .footer("Settings are environment variables.")
                    .service(
                            "serve",
                            "Serve HTTP until stopped",
                            (run, arguments) -> {
                                ran.add("serve " + arguments);
                                run.stop();
                            },
                            command -> command.arguments("[--ephemeral]").details("--ephemeral  forget all data"))
                    .task("migrate", "Bring the tables up to date", run -> ran.add("migrate"))
                    .task(
                            "jobs",
                            "Look at jobs",
                            (run, arguments) -> ran.add("jobs " + arguments),
                            CommandConfig::ownHelp)
                    .output(
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8));
            more.accept(config);
        });
    }

    @Test
    void runsTheCommandThatIsNamed() {
        assertThat(program.run("migrate")).isZero();
        assertThat(program.run("serve", "--ephemeral")).isZero();
        assertThat(ran).containsExactly("migrate", "serve [--ephemeral]");
    }

    @Test
    void explainsItself() {
        for (String help : List.of("--help", "-h", "help")) {
            out.reset();
            assertThat(program.run(help)).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                    Usage: shop <command> [arguments]

                    Sells things.

                    Commands:
                      serve [--ephemeral]  Serve HTTP until stopped
                      migrate              Bring the tables up to date
                      jobs                 Look at jobs
                      help <command>       Show what a command takes

                    Settings are environment variables.

                    SIGTERM or Ctrl-C stops it in good order; a second one ends it at once.
                    Exit status: 0 done, or stopped in good order; 1 failed or cut off; 2 wrong arguments.
                    """);
        }
        assertThat(ran).isEmpty();
    }

    @Test
    void explainsOneCommand() {
        assertThat(program.run("help", "serve")).isZero();
        assertThat(program.run("serve", "--help")).isZero();
        String once = """
                Usage: shop serve [--ephemeral]

                Serve HTTP until stopped.

                --ephemeral  forget all data
                """;
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(once + once);
        assertThat(ran).isEmpty();
    }

    @Test
    void leavesHelpToACommandThatHasItsOwn() {
        assertThat(program.run("jobs", "list", "--help")).isZero();
        assertThat(ran).containsExactly("jobs [list, --help]");
    }

    @Test
    void refusesUnknownCommand() {
        assertThat(program.run("sevre")).isEqualTo(2);
        assertThat(program.run("help", "sevre")).isEqualTo(2);
        String once = """
                shop: there is no command "sevre", only serve, migrate, jobs
                Try "shop --help".
                """;
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(once + once);
        assertThat(out.size()).isZero();
    }

    @Test
    void showsWhatWasTypedOnOneShortLine() {
        assertThat(program.run("a\n\u001b[31m" + "b".repeat(1000))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("shop: there is no command \"a??[31mbbb")
                .hasSizeLessThan(150);
    }

    @Test
    void refusesAMissingCommand() {
        assertThat(program.run()).isEqualTo(2);
        assertThat(program.run("--ephemeral")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("shop: a command is missing: serve, migrate, jobs");
    }

    @Test
    void takesTheCommandByDefaultWhereNoneIsNamed() {
        Program forgiving = program(config -> config.byDefault("serve"));
        assertThat(forgiving.run()).isZero();
        assertThat(forgiving.run("--ephemeral")).isZero();
        assertThat(forgiving.run("--help")).isZero();
        assertThat(ran).containsExactly("serve []", "serve [--ephemeral]");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Serve HTTP until stopped (also when no command is named)");
        assertThat(forgiving.run("sevre")).isEqualTo(2);
    }

    @Test
    void refusesArgumentsOfACommandThatTakesNone() {
        assertThat(program.run("migrate", "down")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("shop: migrate takes no arguments, and not \"down\"");
        assertThat(ran).isEmpty();
    }

    @Test
    void refusesNamesThatCannotBeTyped() {
        for (String name : List.of("", "Serve", "-x", "a b", "help", "x".repeat(41), "serve")) {
            assertThatThrownBy(() -> program(config -> config.task(name, "Does", run -> {})))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> program(config -> config.byDefault("start")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the command by default, \"start\", is none of serve, migrate, jobs");
        assertThatThrownBy(() -> Program.of("shop", config -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesStatusesThatAreNone() {
        assertThatThrownBy(() -> ProcessException.exit(0, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcessException.exit(256, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
