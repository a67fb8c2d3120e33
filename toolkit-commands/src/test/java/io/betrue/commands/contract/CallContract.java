package io.betrue.commands.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.commands.Call;
import io.betrue.commands.Cancellation;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Deadline;
import io.betrue.commands.Headers;
import io.betrue.commands.Payload;
import io.betrue.commands.Reply;
import io.betrue.commands.Target;
import io.betrue.errors.Problem;
import io.betrue.errors.ProblemException;
import io.betrue.errors.TraceId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a call gets for an answer, whichever way it goes. A transport extends it and says how to serve commands and how to reach them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CallContract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SEEN_WITHIN = Duration.ofMillis(200);

    private final TableCommands table = new TableCommands();
    private @Nullable Way way;

    /** A way to reach commands; closing it closes what serves them, too. */
    public interface Way extends AutoCloseable {
        /** {@return where calls are sent} */
        Target target();

        @Override
        void close();
    }

    /** Serves commands on a way of their own; closing the way closes the commands. */
    protected abstract Way open(Commands commands);

    /** {@return whether the way carries streams} */
    protected boolean carriesStreams() {
        return true;
    }

    /** {@return whether the way carries inputs that are no text} */
    protected boolean carriesAnyBytes() {
        return true;
    }

    /** {@return whether internal callers come this way} */
    protected boolean isInside() {
        return true;
    }

    private Way way() {
        Way known = way;
        if (known == null) {
            known = open(table.compose(Set.of()));
            way = known;
        }
        return known;
    }

    @AfterAll
    void closeWay() {
        if (way != null) {
            way.close();
        }
    }

    private List<Row> rows() {
        return CallTable.rows().stream()
                .filter(row -> !row.inside || isInside())
                .filter(row -> carriesAnyBytes() || isText(row.input))
                .toList();
    }

    private static boolean isText(byte[] input) {
        return Arrays.equals(new String(input, UTF_8).getBytes(UTF_8), input);
    }

    private List<Row> streamed() {
        return carriesStreams()
                ? CallTable.streamed()
                : List.of(Row.of("has no streams", "hello").gives("{\"text\":\"hello anna\"}"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answers(Row row) throws Exception {
        check(row, way(), table);
    }

    @ParameterizedTest
    @MethodSource("streamed")
    void streams(Row row) throws Exception {
        check(row, way(), table);
    }

    @Test
    void hasSixtyRows() {
        assertThat(rows().size() + CallTable.streamed().size()).isGreaterThanOrEqualTo(60);
    }

    /** A guard that nobody would miss on this way is not on it. */
    @ParameterizedTest
    @EnumSource(names = "LOG", mode = EnumSource.Mode.EXCLUDE)
    void missesEachGuard(TableCommands.Guard guard) throws Exception {
        TableCommands unguarded = new TableCommands();
        List<String> red = new ArrayList<>();
        try (Way open = open(unguarded.compose(Set.of(guard)))) {
            for (Row row : rows()) {
                if (!row.cancelled && row.timeout != null && !isRed(red)) {
                    collect(row, open, unguarded, red);
                }
            }
        }
        assertThat(red).as("rows that fail without " + guard).isNotEmpty();
    }

    private static boolean isRed(List<String> red) {
        return !red.isEmpty();
    }

    private static void collect(Row row, Way open, TableCommands table, List<String> red) throws Exception {
        try {
            check(row, open, table);
        } catch (AssertionError e) {
            red.add(row.name);
        }
    }

    private static void check(Row row, Way way, TableCommands table) throws Exception {
        for (int time = 1; time < row.times; time++) {
            CompletableFuture<?> unused = attempt(row, way, new Cancellation());
        }
        Cancellation token = new Cancellation();
        CompletableFuture<Reply<Payload>> future = attempt(row, way, token);
        if (row.cancelled) {
            assertThat(table.began(trace(row))).as("the handler began").isTrue();
            token.cancel();
        }
        Reply<Payload> reply = null;
        Problem problem = null;
        try {
            reply = future.get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            Throwable cause = e.getCause() instanceof CompletionException wrapped ? wrapped.getCause() : e.getCause();
            assertThat(cause).isInstanceOf(ProblemException.class);
            problem = ((ProblemException) cause).problem();
        }
        if (row.cancelled) {
            assertThat(table.sawCancel(trace(row), SEEN_WITHIN))
                    .as("the handler saw it")
                    .isTrue();
        }
        if (row.code.isEmpty()) {
            assertThat(problem).isNull();
            checkReply(row, java.util.Objects.requireNonNull(reply));
        } else {
            assertThat(reply).isNull();
            checkProblem(row, java.util.Objects.requireNonNull(problem));
        }
    }

    private static CompletableFuture<Reply<Payload>> attempt(Row row, Way way, Cancellation token) throws Exception {
        Map<String, String> headers = new HashMap<>(row.headers);
        headers.putIfAbsent("traceparent", "00-" + trace(row) + "-b7ad6b7169203331-00");
        Call.Builder call = Call.to(row.address)
                .input(Payload.ofJson(row.input))
                .headers(Headers.of(headers))
                .deadline(row.timeout == null ? null : Deadline.in(row.timeout))
                .cancellation(token)
                .external(!row.inside);
        if (row.upload >= 0) {
            call.content(Content.of(TableCommands.bytes(row.upload)));
        }
        CompletableFuture<Reply<Payload>> future =
                way.target().send(call.build()).toCompletableFuture();
        if (!row.cancelled) {
            CompletableFuture<Void> settled = future.handle((reply, failure) -> null);
            settled.get(20, TimeUnit.SECONDS);
        }
        return future;
    }

    /** {@return a trace of the row's own, by which its handler is found} */
    private static String trace(Row row) {
        String hex = String.format(
                "%032x", new java.math.BigInteger(1, row.name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        String id = hex.substring(Math.max(0, hex.length() - 32));
        return TraceId.isValid(id) ? id : "0".repeat(31) + "1";
    }

    private static void checkReply(Row row, Reply<Payload> reply) throws IOException {
        assertThat(JSON.readTree(reply.result().bytes(JSON))).isEqualTo(JSON.readTree(row.body));
        assertThat(reply.status()).isEqualTo(row.status);
        row.replyHeaders.forEach(
                (name, value) -> assertThat(reply.headers().get(name)).as(name).isEqualTo(value));
        Content content = reply.content();
        if (row.download < 0) {
            assertThat(content).isNull();
            return;
        }
        try (Content stream = java.util.Objects.requireNonNull(content)) {
            assertThat(stream.stream().readAllBytes()).isEqualTo(TableCommands.bytes(row.download));
            assertThat(stream.mediaType()).isEqualTo("image/png");
            assertThat(stream.fileName()).isEqualTo("naïve \"picture\".png");
            assertThat(stream.length()).isEqualTo((long) row.download);
        }
    }

    private static void checkProblem(Row row, Problem problem) throws IOException {
        byte[] json = problem.toJson();
        assertThat(problem.code().name()).isEqualTo(row.code);
        assertThat(problem.status()).isEqualTo(row.status);
        assertThat(problem.traceId()).isNotNull();
        assertThat(new String(json, java.nio.charset.StandardCharsets.UTF_8)).doesNotContain("secret");
        JsonNode body = JSON.readTree(json);
        for (Map.Entry<String, String> member : row.members.entrySet()) {
            assertThat(body.at("/" + member.getKey())).as(member.getKey()).isEqualTo(JSON.readTree(member.getValue()));
        }
    }
}
