package io.betrue.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StartTest {
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final Duration SEVEN = Duration.ofSeconds(7);

    /** Limits that no other part has, so that a test can tell who waits. */
    static final Consumer<PartConfig> PROMPT = part -> part.startWithin(SEVEN).stopWithin(SEVEN);

    @Test
    void startsInOrderAndStopsInReverse() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        trial.part(run, "database");
                        trial.part(run, "worker");
                        String port = run.start("http", () -> "8080", stopped -> trial.note("-http " + stopped));
                        trial.note("+http " + port);
                    })
                    .awaitReady();
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isZero();
            assertThat(trial.events())
                    .containsExactly("+database", "+worker", "+http 8080", "-http 8080", "-worker", "-database");
            assertThat(trial.logged.lines())
                    .contains("INFO Stopping: SIGTERM")
                    .anyMatch(line -> line.startsWith("INFO Stopped in "));
        }
    }

    @Test
    void stopsFirstWhatSaysSoAlthoughItWasStartedEarlier() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                        run.step("doors", () -> {}, () -> trial.note("-doors"), PartConfig::stopsFirst);
                        run.step("more doors", () -> {}, () -> trial.note("-more doors"), PartConfig::stopsFirst);
                        trial.part(run, "database");
                        trial.part(run, "worker");
                    })
                    .awaitReady();
            trial.run().stop();
            assertThat(trial.status()).isZero();
            assertThat(trial.events())
                    .containsExactly("+database", "+worker", "-more doors", "-doors", "-worker", "-database");
        }
    }

    @Test
    void failedStartStopsWhatHadStartedAndEndsWithOneClearLine() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                trial.part(run, "database");
                run.step(
                        "http",
                        () -> {
                            throw new IOException("port 8080 is taken\n  by somebody");
                        },
                        () -> trial.note("-http"));
                trial.part(run, "worker");
            });
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.events()).containsExactly("+database", "-database");
            assertThat(trial.err())
                    .isEqualTo("shop: http did not start: java.io.IOException: port 8080 is taken; by somebody%n"
                            .formatted());
            assertThat(trial.logged.traced())
                    .containsExactly("ERROR http did not start: java.io.IOException: port 8080 is taken; by somebody");
        }
    }

    @Test
    void failureThatSpeaksForItselfHasNoTraceInTheLog() throws Exception {
        try (Trial trial = new Trial()) {
            trial.launch(
                    program -> program.messageOnly(IOException.class)
                            .service(
                                    "serve",
                                    "Serve",
                                    run -> run.step(
                                            "http",
                                            () -> {
                                                throw new IOException("port 8080 is taken");
                                            },
                                            () -> {})),
                    "serve");
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.err()).isEqualTo("shop: http did not start: port 8080 is taken%n".formatted());
            assertThat(trial.logged.traced()).containsExactly("DEBUG http did not start: port 8080 is taken");
        }
    }

    @Test
    void errorInAStartEndsTheRunToo() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> run.step(
                    "driver",
                    () -> {
                        throw new NoClassDefFoundError("shop/Driver");
                    },
                    () -> {}));
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.err()).contains("driver did not start: java.lang.NoClassDefFoundError: shop/Driver");
        }
    }

    @Test
    void startOverItsLimitIsNamedAndLeft() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                trial.part(run, "database");
                run.step("cache", () -> awaitWhateverInterrupts(never), () -> trial.note("-cache"), PROMPT);
            });
            trial.time.awaitWaiter(SEVEN);
            Trial.awaitWaiting("start cache");
            trial.time.pass(SEVEN);
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.err()).isEqualTo("shop: cache did not start within 7 s%n".formatted());
            assertThat(trial.events()).containsExactly("+database", "-database");
            assertThat(trial.logged.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("WARN cache did not start within 7 s, and is left; it is at ")
                            .contains("called by io.betrue.process.StartTest."));
            assertThat(trial.logged.lines()).noneMatch(line -> line.contains("still being started"));
        } finally {
            never.countDown();
        }
    }

    @Test
    void whatComesUpAfterItWasLeftIsStoppedAtOnce() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> run.step(
                    "cache",
                    () -> awaitWhateverInterrupts(late),
                    () -> trial.note("-cache"),
                    part -> part.startWithin(Duration.ofSeconds(5))));
            trial.time.awaitWaiter(Duration.ofSeconds(5));
            trial.time.pass(Duration.ofSeconds(5));
            assertThat(trial.status()).isEqualTo(1);
            late.countDown();
            Eventually.holds(() -> trial.events().contains("-cache"), "the cache is stopped");
        }
    }

    @Test
    void signalInterruptsAStartAndStopsWhatHadStarted() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                trial.part(run, "database");
                run.step("cache", () -> new CountDownLatch(1).await(), () -> trial.note("-cache"), PROMPT);
                trial.part(run, "http");
            });
            trial.time.awaitWaiter(SEVEN);
            trial.machine.signal("SIGTERM");
            assertThat(trial.status()).isZero();
            assertThat(trial.events()).containsExactly("+database", "-database");
            assertThat(trial.err()).isEmpty();
        }
    }

    @Test
    void startThatMustNotBeInterruptedFinishesAndIsStopped() throws Exception {
        CountDownLatch up = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                run.step("database", up::await, () -> trial.note("-database"), PartConfig::uninterrupted);
                trial.part(run, "http");
            });
            trial.time.awaitWaiter(MINUTE);
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(STOP);
            assertThat(trial.run().isStopping()).isTrue();
            up.countDown();
            assertThat(trial.status()).isZero();
            assertThat(trial.events()).containsExactly("-database");
        }
    }

    @Test
    void startThatDoesNotHeedTheStopIsLeft() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Trial trial = new Trial()) {
            trial.service(run -> run.step("cache", () -> awaitWhateverInterrupts(never), () -> {}, part -> {
                PROMPT.accept(part);
                part.abort(() -> trial.note("!cache"));
            }));
            trial.time.awaitWaiter(SEVEN);
            trial.machine.signal("SIGTERM");
            trial.time.awaitWaiter(STOP); // the run waits for its command, and that for its part
            trial.time.awaitWait(2, SEVEN); // the first was for the start
            trial.time.pass(SEVEN);
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.events()).containsExactly("!cache");
            assertThat(trial.logged.lines()).anyMatch(line -> line.contains("cache is still being started"));
        } finally {
            never.countDown();
        }
    }

    @Test
    void nothingIsStartedOnceTheRunStops() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                run.stop();
                thrown.set(org.assertj.core.api.Assertions.catchThrowable(() -> trial.part(run, "late")));
            });
            assertThat(trial.status()).isZero();
            assertThat(thrown.get())
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("late is not started: the run is stopping");
            assertThat(trial.events()).isEmpty();
        }
    }

    @Test
    void refusesASecondPartOfOneName() throws Exception {
        try (Trial trial = new Trial()) {
            trial.service(run -> {
                trial.part(run, "http");
                trial.part(run, "http");
            });
            assertThat(trial.status()).isEqualTo(1);
            assertThat(trial.err()).contains("already has a part called \"http\"");
            assertThat(trial.events()).containsExactly("+http", "-http");
        }
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> new PartConfig().startWithin(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("startWithin must be more than zero and at most PT24H, was PT0S");
        assertThatThrownBy(() -> new PartConfig().stopWithin(Duration.ofDays(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @SuppressWarnings("Interruption") // that is what it is about
    static void awaitWhateverInterrupts(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // not heeded
            }
        }
    }
}
