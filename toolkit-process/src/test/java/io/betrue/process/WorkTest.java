package io.betrue.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What happens to the work of a run: in the background, and in the command itself. */
class WorkTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    @Test
    void workThatEndsByItselfEndsTheRunWithOne() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        trial.part(run, "database");
                        run.background("worker", end::await, () -> trial.note("-worker"));
                        trial.part(run, "http");
                    })
                    .awaitReady();
            end.countDown();
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.err()).isEqualTo("shop: worker has ended, though nobody told it to%n".formatted());
            assertThat(trial.events()).containsExactly("+database", "+http", "-http", "-worker", "-database");
        }
    }

    @Test
    void workThatFailsEndsTheRunWithOneAndItsTraceIsLoggedOnce() throws Exception {
        CountDownLatch fail = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> run.background("worker", () -> {
                        fail.await();
                        throw new StackOverflowError("deep");
                    }))
                    .awaitReady();
            fail.countDown();
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.err()).isEqualTo("shop: worker failed: java.lang.StackOverflowError: deep%n".formatted());
            assertThat(trial.logged.traced())
                    .containsExactly("ERROR worker failed: java.lang.StackOverflowError: deep");
        }
    }

    @Test
    void workIsToldToStopAndWaitedFor() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        trial.part(run, "database");
                        run.background(
                                "worker",
                                () -> {
                                    told.await();
                                    trial.note("worker finishes");
                                },
                                told::countDown);
                    })
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isZero();
            assertThat(trial.events()).containsExactly("+database", "worker finishes", "-database");
        }
    }

    @Test
    void workWithoutAStopIsInterrupted() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> run.background("worker", new CountDownLatch(1)::await))
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isZero();
            assertThat(trial.logged.traced()).isEmpty();
        }
    }

    @Test
    void workThatDoesNotEndIsNamedWhereItIs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> run.background("worker", () -> StartTest.awaitWhateverInterrupts(never)))
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(TEN);
            Trial.awaitWaiting("stop worker");
            trial.time.pass(TEN);
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.logged.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARN worker did not stop within 10 s, and is left; it is at ")
                            .contains("called by io.betrue.process.StartTest.awaitWhateverInterrupts(StartTest.java:"));
        } finally {
            never.countDown();
        }
    }

    @Test
    void workThatFailsDuringTheStopSpoilsItsStatus() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> run.background("worker", () -> {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException("half a file is written", e);
                        }
                    }))
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.logged.traced())
                    .containsExactly("WARN worker failed while the run was stopping:"
                            + " java.lang.IllegalStateException: half a file is written");
        }
    }

    @Test
    void firstFailureGivesTheStatus() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {}).awaitReady();
            trial.run().fail("queue", ProcessException.exit(4, "it cannot be reached"));
            trial.run().fail("mail", ProcessException.exit(5, "it cannot be reached either"));
            assertThat(trial.status()).isEqualTo(4);
            assertThat(trial.err()).isEqualTo("shop: queue failed: it cannot be reached%n".formatted());
        }
    }

    @Test
    void taskEndsWhenItsMethodReturnsAndItsPartsAreStopped() throws Exception {
        try (Trial trial = new Trial()) {
            trial.task(run -> {
                trial.part(run, "database");
                trial.note("work");
            });
            assertThat(trial.status()).isZero();
            assertThat(trial.events()).containsExactly("+database", "work", "-database");
        }
    }

    @Test
    void taskThatIsDoneSaysNothingOfItsOwn() throws Exception {
        try (Trial trial = new Trial()) {
            trial.task(run -> run.out().println("result"));
            assertThat(trial.status()).isZero();
            assertThat(trial.out()).isEqualTo("result%n".formatted());
            assertThat(trial.err()).isEmpty();
            assertThat(trial.logged.lines()).isEmpty();
        }
    }

    @Test
    void taskChoosesItsStatus() throws Exception {
        try (Trial trial = new Trial()) {
            trial.task(run -> run.exitCode(3));
            assertThat(trial.status()).isEqualTo(3);
        }
    }

    @Test
    void taskThatFailsEndsWithOne() throws Exception {
        try (Trial trial = new Trial()) {
            trial.task(run -> {
                throw new IllegalStateException("no table");
            });
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.err())
                    .isEqualTo("shop: work failed: java.lang.IllegalStateException: no table%n".formatted());
            assertThat(trial.logged.traced()).hasSize(1);
        }
    }

    @Test
    void taskThatIsToldToStopHasNotDoneItsWork() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.task(run -> {
                working.countDown();
                new CountDownLatch(1).await();
            });
            working.await();
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.logged.lines()).contains("WARN work was told to stop before it was done");
        }
    }

    @Test
    void taskThatIsDoneAllTheSameEndsWithZero() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.task(run -> {
                working.countDown();
                StartTest.awaitWhateverInterrupts(done);
            });
            working.await();
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(TEN);
            done.countDown();
            assertThat(trial.status()).isZero();
        }
    }

    @Test
    void wrongArgumentsPointToTheHelpOfTheCommand() throws Exception {
        try (Trial trial = new Trial()) {
            trial.launch(
                    program -> program.task(
                            "load",
                            "Load",
                            (run, arguments) -> {
                                throw ProcessException.usage("unknown argument " + arguments.get(0));
                            },
                            config -> config.arguments("<file>")),
                    "load",
                    "--fast");
            assertThat(trial.status()).isEqualTo(2);
            assertThat(trial.err()).isEqualTo("shop: unknown argument --fast%nTry \"shop load --help\".%n".formatted());
            assertThat(trial.logged.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }
}
