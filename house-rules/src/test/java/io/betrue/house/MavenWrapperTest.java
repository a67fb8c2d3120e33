package io.betrue.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenWrapperTest {
    @TempDir
    Path folder;

    @Test
    void refusesADownloadThatIsNotThePinnedMaven() throws Exception {
        HttpServer archive = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        archive.createContext("/", exchange -> {
            byte[] body = "not Maven".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        archive.start();
        try {
            Result result = mvnw("http://127.0.0.1:" + archive.getAddress().getPort() + "/maven.tar.gz");
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.output()).contains("SHA-512").contains("nothing was installed");
            assertThat(folder.resolve("cache")).isEmptyDirectory();
        } finally {
            archive.stop(0);
        }
    }

    @Test
    void usesTheCachedMavenFirst() throws Exception {
        String script = Repository.text(Path.of("mvnw"));
        String version = script.lines()
                .filter(line -> line.startsWith("version="))
                .findFirst()
                .orElseThrow()
                .substring("version=".length());
        Path cached = folder.resolve("cache/apache-maven-" + version + "/bin/mvn");
        Files.createDirectories(cached.getParent());
        Files.writeString(cached, "#!/bin/sh\necho the cached one: \"$@\"\n");
        assertThat(cached.toFile().setExecutable(true)).isTrue();
        assertThat(mvnw("http://127.0.0.1:1/never").output()).isEqualToIgnoringNewLines("the cached one: --version");
    }

    private record Result(int exitCode, String output) {}

    private Result mvnw(String url) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(Repository.ROOT.resolve("mvnw").toString(), "--version");
        builder.environment().put("MVNW_CACHE", folder.resolve("cache").toString());
        builder.environment().put("MVNW_PINNED", "1");
        builder.environment().put("MVNW_URL", url);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
