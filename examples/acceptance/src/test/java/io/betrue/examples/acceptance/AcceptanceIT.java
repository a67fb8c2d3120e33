package io.betrue.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.betrue.testsupport.WalletApplication;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The same cases at each door of each application: the same answers. */
class AcceptanceIT {
    private static final int LEAST = 170;
    private static final Map<String, String> SETTINGS = Map.of(
            "CALLS_PER_SECOND",
            "10000", // what throttles sign-ins stays
            "ACCOUNTS_CALLS_PER_MINUTE",
            "10000",
            "ACCOUNTS_TOKEN_SECRET",
            Base64.getEncoder().encodeToString(Cast.KEY),
            "FILES_LARGEST",
            "64KiB",
            "FILES_QUOTA",
            "96KiB");

    private static WalletApplication monolith;
    private static WalletApplication microservices;
    private static List<Case> cases;
    private static final Map<String, List<String>> firstAnswers = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        cases = CaseFile.read();
        monolith = WalletApplication.monolith(SETTINGS);
        microservices = WalletApplication.microservices(SETTINGS);
    }

    @AfterAll
    static void stop() {
        if (microservices != null) {
            microservices.close();
        }
        monolith.close();
    }

    @Test
    void hasManyCases() {
        assertThat(cases).hasSizeGreaterThanOrEqualTo(LEAST);
        assertThat(cases).extracting(Case::name).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicNode> givesTheSameAnswersAtEachDoor() {
        String one = monolith.urls().get(0);
        String first = microservices.urls().get(0);
        String second = microservices.urls().get(1);
        return Stream.of(
                container("monolith, HTTP", monolith, new HttpDoor(one)),
                container("monolith, WebSocket", monolith, new SocketDoor(one)),
                container("microservices, HTTP", microservices, new HttpDoor(first)),
                container("microservices, WebSocket", microservices, new SocketDoor(second)));
    }

    @TestFactory
    Stream<DynamicNode> keepsTheRulesOfBrowsers() {
        return Stream.of(
                dynamicContainer("monolith", new BrowserRules(monolith.urls().get(0)).tests()),
                dynamicContainer(
                        "microservices", new BrowserRules(microservices.urls().get(1)).tests()));
    }

    private static DynamicContainer container(String name, WalletApplication application, Door door) {
        Cast shared = new Cast(application, door);
        Stream<DynamicNode> tests = cases.stream()
                .map(one -> dynamicTest(one.name(), () -> {
                    Cast cast = one.shared() ? shared : new Cast(application, door);
                    List<String> answers = new Play(application, door, cast).run(one);
                    List<String> first = firstAnswers.putIfAbsent(one.name(), answers);
                    if (first != null) {
                        assertThat(answers).as("as at the first door").isEqualTo(first);
                    }
                }));
        return dynamicContainer(name, tests.onClose(door::close));
    }
}
