package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FallbacksTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8";

    private final MountSettings app = Sample.mount("/app", mount -> mount.spaFallback("index.html"));
    private final MountSettings assets = Sample.mount("/app/assets", mount -> {});
    private final MountSettings site = Sample.mount("/", MountConfig::errorPages);
    private final Faults faults = new Faults();
    private final Fallbacks fallbacks = tree().fallbacks();

    private Tree tree() {
        Tree.Builder builder = new Tree.Builder();
        Stream.of(
                        Sample.file(assets, "/a.js"),
                        Sample.file(app, "/index.html"),
                        Sample.file(site, "/404.html"),
                        Sample.file(site, "/blog/404.html"),
                        Sample.file(site, "/blog/2026/post.html"))
                .forEach(file -> builder.add(file.path(), file));
        return builder.build(List.of(assets, app, site), faults);
    }

    private Fallbacks.@Nullable Found find(@Nullable String path, String... accept) {
        HttpFields.Mutable request = HttpFields.build();
        Arrays.stream(accept).forEach(value -> request.add(HttpHeader.ACCEPT, value));
        return fallbacks.find(path, request);
    }

    private String page(String path) {
        Fallbacks.Found found = Objects.requireNonNull(find(path, BROWSER));
        return found.status() + " " + found.resource().path();
    }

    @Test
    void answersBrowsersWithThePageOfTheApplication() {
        assertThat(page("/app/orders/17")).isEqualTo("200 /app/index.html");
        assertThat(page("/app/v1.2/orders")).isEqualTo("200 /app/index.html");
        assertThat(page("/app/")).isEqualTo("200 /app/index.html");
        assertThat(page("/app")).isEqualTo("200 /app/index.html");
    }

    @Test
    void leavesFilesProgramsAndOtherMountsAlone() {
        assertThat(find("/app/missing.js", BROWSER)).isNull();
        assertThat(find("/app/orders")).isNull();
        assertThat(find("/app/assets/missing", BROWSER)).isNull();
        assertThat(find(null, BROWSER)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/*",
                "",
                "application/json",
                "text/htmlx",
                "xtext/html",
                "text/html;q=0",
                "text/html;level=1;q=0.000",
                ",",
                ";",
                "text/plain;x=text/html"
            })
    void asksForHtmlByName(String accept) {
        assertThat(find("/app/orders", accept)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {BROWSER, "TEXT/HTML", "a/b , text/html ; q=0.1", "text/html;charset=utf-8", "text/html;q=0.001"})
    void seesHtmlWhereverItStands(String accept) {
        assertThat(find("/app/orders", accept)).isNotNull();
        assertThat(find("/app/orders", "image/png", accept)).isNotNull();
    }

    @Test
    void takesTheNearestErrorPage() {
        assertThat(page("/blog/2026/none.html")).isEqualTo("404 /blog/404.html");
        assertThat(page("/blog/none")).isEqualTo("404 /blog/404.html");
        assertThat(page("/blog/")).isEqualTo("404 /blog/404.html");
        assertThat(page("/blog")).isEqualTo("404 /404.html");
        assertThat(page("/none.png")).isEqualTo("404 /404.html");
        assertThat(page("/a".repeat(4000))).isEqualTo("404 /404.html");
        assertThat(page("/application/x")).isEqualTo("404 /404.html");
    }

    @Test
    void variesByAcceptAndAsksCachesToAskAgain() {
        Reply reply = Objects.requireNonNull(find("/app/x", BROWSER)).reply(new Responder(), false, HttpFields.EMPTY);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(value(reply, "Vary")).isEqualTo("Accept-Encoding, Accept");
        assertThat(value(reply, "Cache-Control")).isEqualTo("no-cache");
        assertThat(value(reply, "ETag")).isNotNull();
        assertThat(value(reply, "X-Own")).isEqualTo("yes");
    }

    @Test
    void givesErrorPagesNoValidatorsAndNoRanges() {
        Fallbacks.Found found = Objects.requireNonNull(find("/none", BROWSER));
        HttpFields conditional = HttpFields.build()
                .add(
                        HttpHeader.IF_NONE_MATCH,
                        Objects.requireNonNull(found.resource().identity().etag()))
                .add(HttpHeader.RANGE, "bytes=0-1");

        Reply reply = found.reply(new Responder(), false, conditional);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.parts()).singleElement().extracting(Reply.Part::length).isEqualTo(9L);
        assertThat(value(reply, "Vary")).isEqualTo("Accept-Encoding, Accept");
        assertThat(reply.headers().stream().map(HttpField::getHeader))
                .contains(HttpHeader.CONTENT_LENGTH)
                .doesNotContain(HttpHeader.ETAG, HttpHeader.LAST_MODIFIED, HttpHeader.ACCEPT_RANGES);
    }

    @Test
    void refusesFallbackThatDoesNotExist() {
        Tree.Builder builder = new Tree.Builder();
        builder.build(List.of(app), faults);

        assertThat(faults.all()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("index.html");
            assertThat(fault.message()).contains("nowhere");
        });
    }

    private static @Nullable String value(Reply reply, String name) {
        List<String> values = reply.headers().stream()
                .filter(field -> field.is(name))
                .map(HttpField::getValue)
                .toList();
        assertThat(values).hasSizeLessThanOrEqualTo(1);
        return values.isEmpty() ? null : values.get(0);
    }
}
