package io.betrue.schema;

import static io.betrue.schema.CheckedApp.BAD;
import static io.betrue.schema.CheckedApp.ORDER;
import static io.betrue.schema.CheckedApp.get;
import static io.betrue.schema.RouteParts.out;
import static io.betrue.schema.RouteParts.outStream;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.http.sse.SseHandler;
import io.javalin.router.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a check of responses does not look into: streams, what a handler writes itself, and what is no response of a route with a schema. */
class UncheckedResponsesHttpTest {
    @RegisterExtension
    final CheckedApp app = new CheckedApp();

    /** A stream that fails the test's request when somebody reads it before it is sent. */
    private static final class Once extends FilterInputStream {
        private final AtomicReference<String> reader;

        Once(String text, AtomicReference<String> reader) {
            super(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            this.reader = reader;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            boolean early = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().contains("ResponseGuard")));
            reader.set(early ? "guard" : "server");
            return super.read(b, off, len);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    @Test
    void neverReadsAStream() {
        AtomicReference<String> reader = new AtomicReference<>("");
        Javalin started = app.start(
                ResponseCheck.FAIL,
                true,
                get(
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json")
                                .result((InputStream) new Once("{not checked", reader))));

        assertThat(Http.get(started, "/x").body()).isEqualTo("{not checked");
        assertThat(reader.get()).isEqualTo("server");
    }

    @Test
    void takesAnEmptyFileForAFile() {
        Javalin started = app.start(
                ResponseCheck.FAIL,
                true,
                get(
                        outStream(200, "text/csv"),
                        ctx -> ctx.contentType("text/csv").result("")));

        assertThat(Http.get(started, "/x").statusCode()).isEqualTo(200);
    }

    @Test
    void leavesAloneWhatAHandlerWritesItself() {
        Javalin started = app.start(
                ResponseCheck.FAIL,
                true,
                get(
                        out(200, ORDER),
                        ctx -> ctx.contentType("application/json")
                                .outputStream()
                                .write("{not checked".getBytes(StandardCharsets.UTF_8))),
                SchemaRoutes.get(
                        "/rows",
                        out(200, ORDER),
                        ctx -> ctx.writeJsonStream(Stream.of(Map.of("a", 1), Map.of("a", 2)))));

        assertThat(Http.get(started, "/x").body()).isEqualTo("{not checked");
        assertThat(Http.get(started, "/rows").body()).isEqualTo("[{\"a\":1},{\"a\":2}]");
    }

    @Test
    void leavesEventsAlone() {
        Endpoint events = Endpoint.create(HandlerType.GET, "/events")
                .addMetadata(RouteSchema.of(outStream(200, "text/event-stream")))
                .handler(new SseHandler(client -> {
                    client.sendEvent("one");
                    client.close();
                }));
        Javalin started = app.start(ResponseCheck.FAIL, true, events);

        try (LogProbe log = new LogProbe()) {
            assertThat(Http.get(started, "/events", "Accept", "text/event-stream")
                            .body())
                    .isEqualTo("event: message\ndata: one\n\n");
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void leavesOtherRoutesAndHeadAlone() {
        Javalin started = app.start(
                ResponseCheck.FAIL,
                true,
                get(out(200, ORDER), ctx -> ctx.json(BAD)),
                Endpoint.create(HandlerType.GET, "/plain").handler(ctx -> ctx.status(299)));

        assertThat(Http.get(started, "/plain").statusCode()).isEqualTo(299);
        assertThat(Http.get(started, "/none").statusCode()).isEqualTo(404);
        assertThat(Http.send(started, "HEAD", "/x", "").statusCode()).isEqualTo(200);
    }
}
