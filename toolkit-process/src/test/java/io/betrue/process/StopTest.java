package io.betrue.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StopTest {
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration TWENTY = Duration.ofSeconds(20);

    @Test
    void isReadyFromTheReturnOfTheServiceUntilTheStop() throws Exception {
        CountDownLatch up = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                up.await();
                run.step("http", () -> {}, () -> trial.note(run.readiness().toString()));
            });
            assertThat(trial.run().readiness()).isEqualTo(Readiness.STARTING);
            assertThat(trial.run().readiness().isReady()).isFalse();
            up.countDown();
            trial.awaitReady();
            assertThat(trial.run().readiness().isReady()).isTrue();
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isZero();
            assertThat(trial.events()).containsExactly("STOPPING");
        }
    }

    @Test
    void waitsForBalancersBetweenTheEndOfReadinessAndTheFirstStop() throws Exception {
        Duration delay = Duration.ofSeconds(5);
        try (Trial trial = new Trial()) {
            trial.service(run -> trial.part(run.drainDelay(delay), "http")).awaitReady();
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(delay);
            assertThat(trial.run().readiness()).isEqualTo(Readiness.STOPPING);
            assertThat(trial.events()).containsExactly("+http");
            trial.time.pass(delay);
            assertThat(trial.status()).isZero();
            assertThat(trial.events()).containsExactly("+http", "-http");
        }
    }

    @Test
    void waitsForNoBalancersWhenItNeverWasReady() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                trial.part(run.drainDelay(Duration.ofSeconds(5)), "http");
                throw new IllegalStateException("no");
            });
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.events()).containsExactly("+http", "-http");
        }
    }

    @Test
    void refusesADrainDelayThatLeavesNoTimeToStop() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> run.drainDelay(TEN).stopWithin(TEN));
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.err()).contains("the drain delay 10 s must be shorter than");
        }
    }

    @Test
    void stopOverItsLimitIsNamedAndLeftAndTheOthersStop() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        trial.part(run, "database");
                        run.step("http", () -> {}, () -> StartTest.awaitWhateverInterrupts(never), StartTest.PROMPT);
                        trial.part(run, "worker");
                    })
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(Duration.ofSeconds(7));
            Trial.awaitWaiting("stop http");
            trial.time.pass(Duration.ofSeconds(7));
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.events()).containsExactly("+database", "+worker", "-worker", "-database");
            assertThat(trial.logged.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARN http did not stop within 7 s, and is left; it is at ")
                            .contains("called by io.betrue.process.StartTest."));
        } finally {
            never.countDown();
        }
    }

    @Test
    void failedStopIsLoggedAndTheOthersStop() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        trial.part(run, "database");
                        run.step("http", () -> {}, () -> {
                            throw new AssertionError("broken");
                        });
                    })
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.events()).containsExactly("+database", "-database");
            assertThat(trial.logged.traced())
                    .containsExactly("WARN http did not stop in good order: java.lang.AssertionError: broken");
        }
    }

    @Test
    void wholeLimitLeavesWhatHasNotStoppedYetAndAbortsIt() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        run.step(
                                "database",
                                () -> {},
                                () -> trial.note("-database"),
                                part -> part.abort(() -> trial.note("!database")));
                        run.step(
                                "http",
                                () -> {},
                                () -> StartTest.awaitWhateverInterrupts(never),
                                part -> part.stopWithin(Duration.ofHours(1)).abort(() -> trial.note("!http")));
                    })
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(TWENTY);
            assertThat(trial.run().timeLeft()).isEqualTo(TWENTY);
            trial.time.pass(TWENTY);
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.events()).containsExactly("!http", "!database");
            assertThat(trial.logged.lines())
                    .contains("WARN database is not stopped: no time is left")
                    .anyMatch(line -> line.startsWith("WARN http did not stop within 20 s"));
        } finally {
            never.countDown();
        }
    }

    @Test
    void limitOfAPartIsCutToWhatTheRunHasLeft() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        run.stopWithin(Duration.ofSeconds(15));
                        run.step("second", () -> {}, never::await);
                        run.step("first", () -> {}, never::await);
                    })
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(TEN);
            trial.time.pass(TEN);
            trial.time.awaitWaiter(Duration.ofSeconds(5));
            assertThat(trial.run().timeLeft()).isEqualTo(Duration.ofSeconds(5));
            trial.time.pass(Duration.ofSeconds(5));
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.run().timeLeft()).isZero();
        }
    }

    @Test
    void secondSignalAbortsAndHaltsWithOne() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        run.step("a", () -> {}, () -> {}, part -> part.abort(() -> trial.note("!a")));
                        run.step("b", () -> {}, never::await, part -> part.abort(() -> trial.note("!b")));
                    })
                    .awaitReady();
            trial.machine.signal("SIGINT");
            trial.time.awaitWaiter(TEN);
            assertThat(trial.machine.isHalted()).isFalse();
            trial.machine.signal("SIGTERM");
            assertThat(trial.machine.haltStatus()).isEqualTo(1);
            assertThat(trial.events()).containsExactly("!b", "!a");
            assertThat(trial.logged.lines()).contains("INFO Stopping: SIGINT", "WARN SIGTERM again: ending at once");
            never.countDown();
            assertThat(trial.status()).isZero(); // of a real process nothing is left to see this
        }
    }

    @Test
    void abortThatHangsDoesNotKeepTheProcessOnTheSecondSignal() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> run.step("a", () -> {}, never::await, part -> part.abort(never::await)))
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(TEN);
            Task second = Task.start("second signal", () -> trial.machine.signal("SIGTERM"));
            trial.time.awaitWaiter(Duration.ofSeconds(2));
            trial.time.pass(Duration.ofSeconds(2));
            assertThat(trial.machine.haltStatus()).isEqualTo(1);
            assertThat(trial.time.await(second.ended(), TEN)).isTrue();
        } finally {
            never.countDown();
        }
    }

    @Test
    void firstSignalDuringAStopForAnotherReasonIsOnlyNoted() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> run.step("a", () -> {}, stopped::await)).awaitReady();
            trial.run().fail("mail", new IllegalStateException("gone"));
            trial.time.awaitWaiter(TEN);
            trial.machine.signal("SIGTERM");
            assertThat(trial.machine.isHalted()).isFalse();
            stopped.countDown();
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.logged.lines())
                    .contains("INFO SIGTERM: it is stopping already; one more signal ends it at once");
        }
    }

    @Test
    void endOfTheJvmStopsInGoodOrder() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> trial.part(run, "database")).awaitReady();
            trial.machine.end();
            assertThat(trial.events()).containsExactly("+database", "-database");
            assertThat(trial.status()).isZero();
        }
    }

    @Test
    void serviceThatStaysIsInterruptedAndTheRunEndsInGoodOrder() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        trial.part(run, "database");
                        run.ready();
                        new CountDownLatch(1).await();
                    })
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isZero();
            assertThat(trial.events()).containsExactly("+database", "-database");
        }
    }

    @Test
    void commandThatDoesNotEndIsLeftAndItsPartsAreStopped() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        trial.part(run, "database");
                        run.ready();
                        StartTest.awaitWhateverInterrupts(never);
                    })
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(TEN);
            trial.time.pass(TEN);
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.events()).containsExactly("+database", "-database");
            assertThat(trial.logged.lines()).anyMatch(line -> line.startsWith("WARN serve did not end within 10 s"));
        } finally {
            never.countDown();
        }
    }

    @Test
    void interruptOfTheCallerIsAStop() throws Exception {
        Program program = Program.of("shop", config -> config.service("serve", "Serve", run -> {}));
        Thread.currentThread().interrupt();
        assertThat(program.run("serve")).isZero();
        assertThat(Thread.interrupted()).isTrue();
    }
}
