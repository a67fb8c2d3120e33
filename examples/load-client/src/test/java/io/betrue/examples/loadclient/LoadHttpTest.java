package io.betrue.examples.loadclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LoadHttpTest {
    @TempDir
    Path folder;

    private record Result(int exit, String output) {
        long count(String kind, String outcome) {
            Matcher matcher = Pattern.compile("(?m)^" + kind + " +" + outcome + " +([0-9]+)$")
                    .matcher(output);
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        }

        double latency(String kind, int column) {
            Matcher matcher = Pattern.compile("(?m)^" + kind + " +[0-9]+((?: +[0-9.]+){4})$")
                    .matcher(output);
            assertThat(matcher.find()).isTrue();
            return Double.parseDouble(matcher.group(1).trim().split(" +", -1)[column]);
        }
    }

    /** A cold virtual machine answers so late that the first test would have sent all before it learned from any answer. */
    @BeforeAll
    static void warmUp(@TempDir Path other) {
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            String history = other.resolve("history.jsonl").toString();
            assertThat(execute("run", "--url", server.url(), "--duration", "2s", "--history", history)
                            .exit())
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindIsAnsweredAsExpectedByAnHonestBank(Kind kind) {
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            Result result = run(
                    server,
                    "--mix",
                    "deposit=5,history=3,"
                            + (kind == Kind.DEPOSIT || kind == Kind.HISTORY ? "balance=1" : kind.label() + "=8"));

            assertThat(result.output()).contains("unexpected 0");
            assertThat(result.exit()).isZero();
            assertThat(result.output()).containsPattern("(?m)^" + kind.label() + " ");
            assertThat(check(server).exit()).isZero();
        }
    }

    @Test
    void takesAnotherAddressWhereNobodyListens() throws IOException {
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            String urls = nobody() + ',' + server.url() + ',' + nobody();
            Result result = execute(
                    "run",
                    "--url",
                    urls,
                    "--users",
                    "5",
                    "--rate",
                    "200",
                    "--duration",
                    "1s",
                    "--history",
                    history().toString());

            assertThat(result.output()).contains("sent 200, ended 200, not sent 0, unexpected 0");
            assertThat(result.exit()).isZero();
            assertThat(execute("check", "--url", urls, "--history", history().toString())
                            .exit())
                    .isZero();
        }
    }

    /** {@return an address at which a connection is refused} */
    private static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Test
    void historyAndBooksAgreeUnderFaults() {
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            server.faults(afterStart(FakeServer.seeded(7, 0.2)));
            Result result =
                    run(server, "--tolerate-unavailable", "--rate", "600", "--duration", "2s", "--timeout", "300ms");

            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(result.count("deposit", "CONNECTION_LOST")).isPositive();
            assertThat(result.count("deposit", "TIMED_OUT")).isPositive();
            assertThat(result.count("deposit", "503 UNAVAILABLE")).isPositive();
            server.faults(() -> FakeServer.Fault.NONE);
            Result checked = check(server);
            assertThat(checked.exit()).as(checked.output()).isZero();
            assertThat(checked.output()).containsPattern("unknown-at-most-once +[1-9][0-9]* unknown operations");
        }
    }

    @Test
    void retriesDecideWhatWasUnknown() {
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            server.faults(afterStart(FakeServer.seeded(8, 0.2)));
            Result result = run(
                    server, "--tolerate-unavailable", "--retry-unknown", "--mix", "deposit=1", "--timeout", "300ms");

            assertThat(result.exit()).as(result.output()).isZero();
            server.faults(() -> FakeServer.Fault.NONE);
            assertThat(check(server).output())
                    .contains("unknown-at-most-once   0 unknown operations")
                    .containsPattern("acknowledged-once +200 acknowledged");
        }
    }

    @Test
    void sessionsAreRenewedBeforeTheyEnd() {
        FakeBank bank = new FakeBank(FakeBank.Bug.NONE, Duration.ofMillis(4500));
        try (FakeServer server = new FakeServer(bank)) {
            Result result = run(server, "--mix", "balance=1", "--rate", "60", "--duration", "5s");

            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(result.count("balance", "200")).isEqualTo(300);
            assertThat(result.count("sign-in", "200")).isPositive();
        }
    }

    @Test
    void lostConnectionsAreUnexpectedUnlessTolerated() {
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            server.faults(afterStart(FakeServer.seeded(9, 0.2)));
            Result result = run(server, "--timeout", "300ms");

            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.output()).contains("unexpected: ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLES, 0, acknowledged-once",
        "FORGETS, 0, acknowledged-once",
        "LEAKS,   1, ",
        "TRUSTS,  1, ",
        "LENDS,   1, no-negative-balance",
        "BREAKS,  1, "
    })
    void brokenBanksAreFoundOut(FakeBank.Bug bug, int exit, @Nullable String violated) {
        try (FakeServer server = new FakeServer(new FakeBank(bug))) {
            String mix = "deposit=5,history=5,foreign-cursor=5,swapped-token=1,overdraft=1,sign-in=1";
            Result result = run(server, "--mix", mix);

            assertThat(result.exit()).as(result.output()).isEqualTo(exit);
            if (violated != null) {
                Result checked = check(server);
                assertThat(checked.exit()).isEqualTo(1);
                assertThat(checked.output()).contains("VIOLATION  " + violated);
            }
        }
    }

    @Test
    void stallOfOneSecondShowsInEveryRequestThatHadToWait() {
        AtomicInteger seen = new AtomicInteger();
        CountDownLatch never = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            Object gate = new Object();
            server.before(() -> {
                synchronized (gate) {
                    if (seen.incrementAndGet() == 60) {
                        await(never, 1000);
                    }
                }
            });
            Result result = run(server, "--mix", "balance=1", "--rate", "50", "--duration", "4s");

            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(result.count("balance", "200")).isEqualTo(200);
            // a closed loop would have one slow request, and a p95 of some milliseconds
            assertThat(result.latency("total", 1)).isGreaterThan(500);
            assertThat(result.latency("total", 2)).isGreaterThan(800);
        }
    }

    @Test
    void requestsBeyondTheBoundAreNotSent() {
        CountDownLatch never = new CountDownLatch(1);
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            AtomicInteger seen = new AtomicInteger();
            server.before(() -> {
                if (seen.incrementAndGet() > 11) {
                    await(never, 700);
                }
            });
            Result result = run(server, "--mix", "balance=1", "--in-flight", "3", "--rate", "100", "--duration", "1s");

            assertThat(result.count("balance", "not sent")).isBetween(80L, 97L);
            assertThat(result.count("balance", "200") + result.count("balance", "not sent"))
                    .isEqualTo(100);
        }
    }

    @Test
    void noTwoRequestsAreTheSame() {
        List<String> bodies = new ArrayList<>();
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            run(server, "--mix", "deposit=1,withdraw=1");
            for (Operation operation : History.read(history()).operations()) {
                bodies.add(operation.effect().toString());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(bodies).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void passwordsAreForTheOwnerOnly() throws IOException {
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            run(server);
            Path users = Credentials.fileFor(history());

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
                    .isEqualTo("rw-------");
            String password = Credentials.read(users).get(0).password();
            assertThat(Files.readString(history())).doesNotContain(password);
        }
    }

    @Test
    void existingHistoryIsKept() throws IOException {
        Files.writeString(history(), "mine");
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            Result result = run(server);

            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.output()).contains("exists already; --history names a new file");
            assertThat(Files.readString(history())).isEqualTo("mine");
        }
    }

    @Test
    void absentServerIsOneSentence() {
        String url;
        try (FakeServer server = new FakeServer(new FakeBank(FakeBank.Bug.NONE))) {
            url = server.url();
        }
        Result result = execute("run", "--url", url, "--history", history().toString());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).contains("load-client: " + url + "/api/accounts/register answered NOT_CONNECTED");
    }

    private static void await(CountDownLatch latch, int millis) {
        try {
            var unused = latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first request is the client's question for the currencies, before the load. */
    private static FakeServer.Faults afterStart(FakeServer.Faults faults) {
        AtomicInteger seen = new AtomicInteger();
        return () -> seen.getAndIncrement() == 0 ? FakeServer.Fault.NONE : faults.next();
    }

    private Path history() {
        return folder.resolve("history.jsonl");
    }

    private Result run(FakeServer server, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "run",
                "--url",
                server.url(),
                "--users",
                "5",
                "--seed",
                "1",
                "--history",
                history().toString()));
        args.addAll(List.of(more));
        if (!args.contains("--rate")) {
            args.addAll(List.of("--rate", "200", "--duration", "1s"));
        }
        return execute(args.toArray(String[]::new));
    }

    private Result check(FakeServer server) {
        return execute("check", "--url", server.url(), "--history", history().toString());
    }

    private static Result execute(String... args) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        int exit = LoadClient.commandLine().setOut(out).setErr(out).execute(args);
        return new Result(exit, text.toString());
    }
}
