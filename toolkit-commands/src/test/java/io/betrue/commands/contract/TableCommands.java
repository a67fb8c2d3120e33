package io.betrue.commands.contract;

import io.betrue.commands.Authentication;
import io.betrue.commands.CallLog;
import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Content;
import io.betrue.commands.Idempotency;
import io.betrue.commands.IdempotencyStore;
import io.betrue.commands.Interceptor;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.RateLimit;
import io.betrue.commands.Reply;
import io.betrue.commands.SchemaCheck;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.errors.StandardError;
import io.betrue.schema.Schemas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The commands that the table of calls speaks to. */
final class TableCommands {
    static final int LARGEST_INPUT = 20_000;
    static final int FLOOD = 5;

    record Add(String currency, long amount) {}

    record Sum(long amount) {}

    record Text(String text) {}

    record Seen(String transport, String caller, String language, String tenant, String traceId) {}

    record Nap(long millis) {}

    record Digest(long length, String sha256) {}

    record Size(int bytes) {}

    enum Refusal implements ErrorCode {
        UNKNOWN_CURRENCY(ErrorDefinition.of(422, "Unknown currency").detail("{currency} is no currency here.")),
        COME_LATER(ErrorDefinition.of(503, "Come later").retryable(true));

        private final ErrorDefinition definition;

        Refusal(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    /** Everything that stands between a transport and a handler, by what it is called. */
    enum Guard {
        LOG,
        AUTHENTICATION,
        RATE_LIMIT,
        SCHEMA,
        IDEMPOTENCY
    }

    private static final Map<String, Principal> TOKENS = Map.of(
            "anna", Principal.of("anna"),
            "flood", Principal.of("flood"),
            "otto", new Principal("otto", Set.of("auditor"), Map.of()));

    private static final String ADD_IN = """
            {"type": "object", "required": ["currency", "amount"], "additionalProperties": false,
             "properties": {"currency": {"type": "string", "minLength": 3, "maxLength": 3},
                            "amount": {"type": "integer", "minimum": 1, "maximum": 1000}}}""";

    private final AtomicInteger adds = new AtomicInteger();
    private final Map<String, CountDownLatch> begun = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> cancelled = new ConcurrentHashMap<>();

    /** {@return whether the handler that naps began, within ten seconds} */
    boolean began(String traceId) throws InterruptedException {
        return latch(begun, traceId).await(10, TimeUnit.SECONDS);
    }

    /** {@return whether the handler that naps saw that nobody waits, within a time} */
    boolean sawCancel(String traceId, Duration within) throws InterruptedException {
        return latch(cancelled, traceId).await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CountDownLatch latch(Map<String, CountDownLatch> latches, String traceId) {
        return latches.computeIfAbsent(traceId, id -> new CountDownLatch(1));
    }

    Commands compose(Set<Guard> without) {
        return Commands.of(c -> {
            c.travelling("x-tenant")
                    .largestInput(LARGEST_INPUT)
                    .catalogue(ErrorCatalogue.of(Refusal.values()))
                    .stopTimeout(Duration.ofMillis(500));
            guards(without).forEach(c::intercept);
            handle(c);
        });
    }

    private static List<Interceptor> guards(Set<Guard> without) {
        List<Interceptor> chain = new ArrayList<>();
        for (Guard guard : Guard.values()) {
            if (!without.contains(guard)) {
                chain.add(
                        switch (guard) {
                            case LOG -> CallLog.create();
                            case AUTHENTICATION ->
                                Authentication.bearer(token -> Optional.ofNullable(TOKENS.get(token)));
                            case RATE_LIMIT -> floodLimit();
                            case SCHEMA -> SchemaCheck.with(Schemas.load(schemas -> schemas.json("add/in", ADD_IN)));
                            case IDEMPOTENCY -> Idempotency.in(IdempotencyStore.inMemory(1_000));
                        });
            }
        }
        return chain;
    }

    /** Only one caller is held back, since the others make many calls. */
    private static Interceptor floodLimit() {
        RateLimit limit = RateLimit.perCaller(FLOOD, Duration.ofHours(1));
        return call -> call.context().caller().map(Principal::id).orElse("").equals("flood")
                ? limit.intercept(call)
                : call.proceed();
    }

    private void handle(CommandsConfig c) {
        c.handle(CommandType.of("add", Add.class, Sum.class), this::add)
                .handle(CommandType.of("echo", Text.class, Text.class), (context, in) -> in)
                .handle(
                        CommandType.of("echo", Text.class, Text.class).version(2),
                        (context, in) -> new Text(in.text() + " 2"))
                .handle(CommandType.of("hello", Nothing.class, Text.class).open(), (context, in) -> hello(context))
                .handle(
                        CommandType.of("audit", Nothing.class, Text.class).roles("auditor", "boss"),
                        (context, in) -> hello(context))
                .handle(CommandType.of("inner", Nothing.class, Text.class).internal(), (context, in) -> hello(context))
                .handle(
                        CommandType.of("outer", Nothing.class, Text.class),
                        (context, in) -> context.call(CommandType.of("inner", Nothing.class, Text.class), in))
                .handle(CommandType.of("seen", Nothing.class, Seen.class), (context, in) -> seen(context))
                .handle(CommandType.of("nap", Nap.class, Nothing.class), this::nap)
                .handle(CommandType.of("nap/short", Nap.class, Nothing.class).timeout(Duration.ofMillis(50)), this::nap)
                .handle(CommandType.of("fail/unforeseen", Nothing.class, Nothing.class), (context, in) -> {
                    throw new IllegalStateException("password=secret");
                })
                .handle(CommandType.of("fail/error", Nothing.class, Nothing.class), (context, in) -> {
                    throw new StackOverflowError("password=secret");
                })
                .handle(CommandType.of("fail/later", Nothing.class, Nothing.class), (context, in) -> {
                    throw Refusal.COME_LATER
                            .problem()
                            .retryAfter(Duration.ofSeconds(7))
                            .toException();
                })
                .handle(CommandType.of("fail/once", Nothing.class, Sum.class), this::failOnce)
                .answer(
                        CommandType.of("created", Nothing.class, Text.class),
                        (context, in) -> Reply.of(new Text("made"))
                                .status(201)
                                .header("Location", "/things/7")
                                .header("X-Word", "naïve ☂"))
                .answer(CommandType.of("up", Text.class, Digest.class).takingContent(), TableCommands::up)
                .answer(CommandType.of("down", Size.class, Text.class).givingContent(), TableCommands::down);
    }

    private Sum add(CommandContext context, Add in) {
        if (in.currency().equals("XXY")) {
            throw Refusal.UNKNOWN_CURRENCY
                    .problem()
                    .with("currency", in.currency())
                    .toException();
        }
        return new Sum(in.amount() + (in.currency().equals("CNT") ? adds.incrementAndGet() : 0));
    }

    private static Text hello(CommandContext context) {
        return new Text("hello " + context.caller().map(Principal::id).orElse("stranger"));
    }

    private static Seen seen(CommandContext context) {
        return new Seen(
                context.transport().isEmpty() ? "none" : "some",
                context.principal().id(),
                String.valueOf(context.header("accept-language")),
                String.valueOf(context.header("x-tenant")),
                context.traceId());
    }

    private Nothing nap(CommandContext context, Nap in) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        context.onCancel(() -> {
            latch(cancelled, context.traceId()).countDown();
            over.countDown();
        });
        latch(begun, context.traceId()).countDown();
        boolean cut = over.await(in.millis(), TimeUnit.MILLISECONDS);
        return cut ? Nothing.NOTHING : new Nothing();
    }

    private Sum failOnce(CommandContext context, Nothing in) {
        if (adds.getAndSet(1_000) < 1_000) {
            throw StandardError.UNAVAILABLE.problem().toException();
        }
        return new Sum(adds.get());
    }

    private static Reply<Digest> up(CommandContext context, Text in) throws IOException {
        MessageDigest digest = sha256();
        long length = 0;
        byte[] chunk = new byte[8_192];
        try (Content content = context.content()) {
            for (int read = content.stream().read(chunk);
                    read >= 0;
                    read = content.stream().read(chunk)) {
                digest.update(chunk, 0, read);
                length += read;
                if (in.text().equals("small") && length > 10_000) {
                    throw StandardError.PAYLOAD_TOO_LARGE
                            .problem()
                            .with("limit", 10_000)
                            .toException();
                }
            }
        }
        return Reply.of(new Digest(length, HexFormat.of().formatHex(digest.digest())));
    }

    private static Reply<Text> down(CommandContext context, Size in) {
        byte[] bytes = bytes(in.bytes());
        Content content =
                new Content(new ByteArrayInputStream(bytes), (long) bytes.length, "image/png", "naïve \"picture\".png");
        return Reply.of(new Text("here")).content(content);
    }

    /** {@return bytes that are the same each time} */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
