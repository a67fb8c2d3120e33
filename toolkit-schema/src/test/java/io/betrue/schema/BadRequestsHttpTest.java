package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bad requests as raw bytes, each with its exact answer: those of {@code bad-requests.txt} are refused before a schema is asked, those of
 * {@code invalid-requests.txt} by one. What was answered is written to {@code target}: look at it, and copy it where it is right.
 */
class BadRequestsHttpTest {
    private static final List<Exchanges> BAD = Exchanges.read("bad-requests.txt");
    private static final List<Exchanges> INVALID = Exchanges.read("invalid-requests.txt");
    private static final List<String> BAD_ANSWERS = new ArrayList<>();
    private static final List<String> INVALID_ANSWERS = new ArrayList<>();
    private static Javalin plain;
    private static Javalin withErrorsPlugin;

    @BeforeAll
    static void start() {
        plain = OrdersApp.start(false, config -> {});
        withErrorsPlugin = OrdersApp.start(true, config -> {});
    }

    @AfterAll
    static void stop() throws IOException {
        plain.stop();
        withErrorsPlugin.stop();
        Files.writeString(Path.of("target", "bad-requests.txt"), String.join("\n", BAD_ANSWERS));
        Files.writeString(Path.of("target", "invalid-requests.txt"), String.join("\n", INVALID_ANSWERS));
    }

    static List<Exchanges> bad() {
        return BAD;
    }

    static List<Exchanges> invalid() {
        return INVALID;
    }

    @ParameterizedTest
    @MethodSource("bad")
    void isRefusedBeforeASchemaIsAsked(Exchanges row) {
        RawHttp.Response response = RawHttp.exchange(plain.port(), row.bytes());
        BAD_ANSWERS.add(row.write(response.status(), response.text()));

        assertThat(response.text()).isEqualTo(row.answer());
        assertThat(response.status()).isEqualTo(row.status()).isBetween(400, 499);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void isRefusedByASchema(Exchanges row) {
        RawHttp.Response response = RawHttp.exchange(plain.port(), row.bytes());
        INVALID_ANSWERS.add(row.write(response.status(), response.text()));

        assertThat(response.text()).isEqualTo(row.answer());
        assertThat(response.status()).isEqualTo(row.status()).isBetween(400, 499);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @MethodSource({"bad", "invalid"})
    void isAnsweredAlikeByTheErrorsPlugin(Exchanges row) {
        RawHttp.Response response = RawHttp.exchange(withErrorsPlugin.port(), row.bytes());

        assertThat(response.text().replaceFirst(",\"traceId\":\"[0-9a-f]{32}\"", ""))
                .isEqualTo(row.answer());
        assertThat(response.status()).isEqualTo(row.status());
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void thereAreManyAndEachIsAnother() {
        List<String> names = new ArrayList<>();
        BAD.forEach(row -> names.add(row.name()));
        INVALID.forEach(row -> names.add(row.name()));
        assertThat(names).hasSize(287);
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
    }
}
