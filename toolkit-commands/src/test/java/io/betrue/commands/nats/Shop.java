package io.betrue.commands.nats;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.Reply;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What a test calls over NATS. */
final class Shop {
    static final CommandType<Text, Text> ECHO = CommandType.of("shop/echo", Text.class, Text.class)
            .description("Gives back")
            .open()
            .idempotent();
    static final CommandType<Text, Text> ECHO2 =
            CommandType.of("shop/echo", Text.class, Text.class).open().version(2);
    static final CommandType<Nothing, Text> WHO = CommandType.of("shop/who", Nothing.class, Text.class);
    static final CommandType<Nothing, Text> SLOW =
            CommandType.of("shop/slow", Nothing.class, Text.class).open();
    static final CommandType<Nothing, Text> HIDDEN =
            CommandType.of("shop/hidden", Nothing.class, Text.class).open().internal();
    static final CommandType<Nothing, Nothing> BREAK =
            CommandType.of("shop/break", Nothing.class, Nothing.class).open();
    static final CommandType<Nothing, Nothing> LEAK =
            CommandType.of("shop/leak", Nothing.class, Nothing.class).open();
    static final CommandType<Text, Text> GROW =
            CommandType.of("shop/grow", Text.class, Text.class).open();
    static final CommandType<Nothing, Text> MADE =
            CommandType.of("shop/made", Nothing.class, Text.class).open();

    /** What goes there and back. */
    record Text(String text) {}

    /** What this shop refuses. */
    enum ShopError implements ErrorCode {
        SOLD_OUT(ErrorDefinition.of(409, "Sold out"));

        private final ErrorDefinition definition;

        ShopError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    final CountDownLatch release = new CountDownLatch(1);
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    final AtomicInteger calls = new AtomicInteger();
    volatile long cancelledAt;

    Commands commands(Consumer<CommandsConfig> more) {
        return Commands.of(c -> {
            more.accept(c);
            c.intercept(Authentication.bearer(
                            token -> token.equals("anna") ? Optional.of(Principal.of("anna")) : Optional.empty()))
                    .handle(ECHO, (context, text) -> {
                        calls.incrementAndGet();
                        return text;
                    })
                    .handle(ECHO2, (context, text) -> new Text("2" + text.text()))
                    .handle(
                            WHO,
                            (context, nothing) -> new Text(context.principal().id()))
                    .handle(SLOW, this::slow)
                    .handle(HIDDEN, (context, nothing) -> new Text(context.isExternal() ? "outside" : "inside"))
                    .handle(BREAK, (context, nothing) -> {
                        throw ShopError.SOLD_OUT.problem().with("left", 0).toException();
                    })
                    .handle(LEAK, (context, nothing) -> {
                        throw new IllegalStateException("password=hunter2");
                    })
                    .handle(GROW, (context, text) -> new Text(text.text().repeat(2_000)))
                    .answer(
                            MADE,
                            (context, nothing) ->
                                    Reply.of(new Text("made")).status(201).header("location", "/żółw"));
        });
    }

    Commands commands() {
        return commands(c -> {});
    }

    private Text slow(CommandContext context, Nothing nothing) throws InterruptedException {
        context.onCancel(() -> {
            cancelledAt = System.nanoTime();
            cancelled.countDown();
            release.countDown();
        });
        entered.countDown();
        if (!release.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody released it");
        }
        return new Text("slow");
    }
}
