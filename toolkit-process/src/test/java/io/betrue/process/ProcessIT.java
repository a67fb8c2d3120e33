package io.betrue.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process and real signals. */
class ProcessIT {
    private static final String READY = "Ready after";

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP"})
    void stopsInReverseOrderAndEndsWithZero(String signal) throws Exception {
        try (ShopProcess shop = new ShopProcess("serve")) {
            shop.awaitLine(READY).signal(signal);
            assertThat(shop.awaitExit()).isZero();
            assertThat(shop.events()).containsExactly("+database", "+http", "-http", "-database");
            assertThat(shop.lines()).anyMatch(line -> line.endsWith("Stopping: SIG" + signal));
        }
    }

    @Test
    void sigtermDuringTheStartStopsWhatHadStarted() throws Exception {
        try (ShopProcess shop = new ShopProcess("start-slowly")) {
            shop.awaitLine("+database").signal("TERM");
            assertThat(shop.awaitExit()).isZero();
            assertThat(shop.events()).containsExactly("+database", "-database");
            assertThat(shop.lines()).noneMatch(line -> line.contains("\tat "));
        }
    }

    @Test
    void startThatHangsIsLeftAndTheProcessEndsWithOne() throws Exception {
        try (ShopProcess shop = new ShopProcess("start-never")) {
            assertThat(shop.awaitExit()).isEqualTo(1);
            assertThat(shop.events()).containsExactly("+database", "-database");
            assertThat(shop.lines()).contains("shop: cache did not start within 500 ms");
        }
    }

    @Test
    void secondSignalDuringTheStopEndsAtOnceWithOne() throws Exception {
        try (ShopProcess shop = new ShopProcess("stop-slowly")) {
            shop.awaitLine(READY).signal("TERM").awaitLine("hanging").signal("TERM");
            assertThat(shop.awaitExit()).isEqualTo(1);
            assertThat(shop.events()).containsExactly("+database", "!http");
        }
    }

    @Test
    void stopThatHangsIsLeftAndTheOthersStop() throws Exception {
        try (ShopProcess shop = new ShopProcess("stop-late")) {
            shop.awaitLine(READY).signal("TERM");
            assertThat(shop.awaitExit()).isEqualTo(1);
            assertThat(shop.events()).containsExactly("+database", "!http", "-database");
            assertThat(shop.lines()).anyMatch(line -> line.contains("http did not stop within 500 ms, and is left"));
        }
    }

    @Test
    void killEndsItWithoutAWord() throws Exception {
        try (ShopProcess shop = new ShopProcess("serve")) {
            shop.awaitLine(READY).signal("KILL");
            assertThat(shop.awaitExit()).isEqualTo(137);
            assertThat(shop.events()).containsExactly("+database", "+http");
        }
    }

    @Test
    void failureInTheBackgroundEndsItWithOne() throws Exception {
        try (ShopProcess shop = new ShopProcess("fail")) {
            shop.awaitLine(READY).type("x");
            assertThat(shop.awaitExit()).isEqualTo(1);
            assertThat(shop.events()).containsExactly("+database", "-database");
            assertThat(shop.lines()).contains("shop: worker failed: java.lang.IllegalStateException: no more work");
        }
    }

    @Test
    void stopsInGoodOrderWithoutTheModuleOfSignals() throws Exception {
        List<String> few = List.of("--limit-modules", "java.base,java.logging,java.management,java.naming,java.xml");
        try (ShopProcess shop = new ShopProcess(few, "serve")) {
            shop.awaitLine(READY).signal("TERM");
            assertThat(shop.awaitExit()).isEqualTo(143);
            assertThat(shop.events()).containsExactly("+database", "+http", "-http", "-database");
        }
    }

    @Test
    void threadThatStaysDoesNotKeepItAlive() throws Exception {
        try (ShopProcess service = new ShopProcess("stay");
                ShopProcess task = new ShopProcess("stay-task")) {
            service.awaitLine(READY).signal("TERM");
            assertThat(service.awaitExit()).isZero();
            assertThat(task.awaitExit()).isZero();
        }
    }

    @Test
    void exitOfTheApplicationStopsInGoodOrderAndKeepsItsStatus() throws Exception {
        try (ShopProcess task = new ShopProcess("exit");
                ShopProcess start = new ShopProcess("exit-in-start")) {
            assertThat(task.awaitExit()).isEqualTo(7);
            assertThat(task.events()).containsExactly("+database", "-database");
            assertThat(start.awaitExit()).isEqualTo(7);
            assertThat(start.events()).containsExactly("+database", "-database");
        }
    }

    @Test
    void shutdownHookThatHangsDoesNotKeepItAlive() throws Exception {
        try (ShopProcess shop = new ShopProcess("hang-at-end")) {
            shop.awaitLine(READY).signal("TERM");
            assertThat(shop.awaitExit()).isEqualTo(1);
            assertThat(shop.events()).containsExactly("+database", "+http", "-http", "-database");
        }
    }

    @Test
    void makesNoLoggerBeforeTheCommandHasSetLoggingUp() throws Exception {
        try (ShopProcess shop = new ShopProcess("hush")) {
            shop.awaitLine("hushed").signal("TERM");
            assertThat(shop.awaitExit()).isZero();
            assertThat(shop.lines()).noneMatch(line -> line.contains("INFO"));
        }
    }

    @Test
    void wrongCommandLineEndsWithTwo() throws Exception {
        try (ShopProcess shop = new ShopProcess("sevre")) {
            assertThat(shop.awaitExit()).isEqualTo(2);
            assertThat(shop.lines()).anyMatch(line -> line.startsWith("shop: there is no command \"sevre\""));
        }
    }
}
