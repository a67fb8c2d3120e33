package io.betrue.localservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No server outlives the process that started it, also where that is killed. */
class EndWithStarterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void endWithAProcessThatIsKilled(@TempDir Path folder) throws Exception {
        SharedBinaries.linkInto(folder.resolve("postgres"));
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Starter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader words =
                new BufferedReader(new InputStreamReader(starter.getInputStream(), StandardCharsets.UTF_8))) {
            String line = words.readLine();
            while (line != null && !line.startsWith("servers ")) {
                line = words.readLine();
            }
            assertThat(line).isNotNull();
            List<ProcessHandle> servers = List.of(line.split(" ")).stream()
                    .skip(1)
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
            assertThat(servers).hasSize(2).allMatch(ProcessHandle::isAlive);
            starter.destroyForcibly();
            for (ProcessHandle server : servers) {
                server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            starter.destroyForcibly();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(folder.resolve("nats")) && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(folder.resolve("nats")).doesNotExist();
        assertThat(folder.resolve("postgres/cluster")).as("what is kept").exists();
    }

    /** The process that is killed. */
    static final class Starter {
        private Starter() {}

        /**
         * Starts both servers, says their numbers, and waits for its end.
         *
         * @param arguments the folder
         */
        @SuppressWarnings("resource") // they end with the process: that is the test
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            EmbeddedPostgres postgres = EmbeddedPostgres.claim(
                            new EmbeddedPostgresOptions(folder.resolve("postgres"), 0, true, PATIENCE))
                    .endingWithThisProcess();
            postgres.start();
            LocalNats nats = LocalNats.start(
                    NatsRelease.USUAL, new LocalNatsOptions(folder.resolve("nats"), 0, false, PATIENCE), line -> {});
            String number = Files.readAllLines(folder.resolve("postgres/cluster/postmaster.pid"))
                    .get(0);
            System.out.println("servers " + number.strip() + " " + nats.pid());
            System.in.transferTo(System.out);
        }
    }
}
