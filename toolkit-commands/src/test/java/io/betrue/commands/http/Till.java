package io.betrue.commands.http;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Content;
import io.betrue.commands.Idempotency;
import io.betrue.commands.IdempotencyStore;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.Reply;
import io.betrue.commands.SchemaCheck;
import io.betrue.errors.ErrorCatalogue;
import io.betrue.errors.ErrorCode;
import io.betrue.errors.ErrorDefinition;
import io.betrue.schema.Schemas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Commands of all kinds that a test can call. */
final class Till {
    static final CommandType<Deposit, Balance> DEPOSIT = CommandType.of("till/deposit", Deposit.class, Balance.class)
            .description("Puts money in")
            .takingKey()
            .problems(TillError.UNKNOWN_CURRENCY);
    static final CommandType<Of, Balance> BALANCE =
            CommandType.of("till/balance", Of.class, Balance.class).idempotent();
    static final CommandType<Nothing, Balance> AUDIT =
            CommandType.of("till/audit", Nothing.class, Balance.class).roles("auditor");
    static final CommandType<Nothing, Nothing> CLOSE =
            CommandType.of("till/close", Nothing.class, Nothing.class).internal();
    static final CommandType<Nothing, Balance> LIE =
            CommandType.of("till/lie", Nothing.class, Balance.class).open();
    static final CommandType<Nothing, Balance> TICKET =
            CommandType.of("till/ticket", Nothing.class, Balance.class).open();
    static final CommandType<Named, Stored> STORE = CommandType.of("files/store", Named.class, Stored.class)
            .open()
            .takingContent()
            .timeout(Duration.ofMinutes(5));
    static final CommandType<Named, Stored> VAULT =
            CommandType.of("files/vault", Named.class, Stored.class).takingContent();
    static final CommandType<Sized, Named> FETCH = CommandType.of("files/fetch", Sized.class, Named.class)
            .open()
            .idempotent()
            .givingContent();
    static final CommandType<Named, Named> ECHO = CommandType.of("files/echo", Named.class, Named.class)
            .open()
            .takingContent()
            .givingContent();

    /** Money. */
    record Deposit(String currency, long amount) {}

    /** How much there is. */
    record Balance(long amount) {}

    /** Whose till, and what of it. */
    record Of(
            @Nullable String currency,
            @Nullable Boolean open,
            @Nullable List<Integer> tills) {}

    /** A name. */
    record Named(@Nullable String name) {}

    /** How much is wanted. */
    record Sized(int size, @Nullable Boolean broken) {}

    /** What was kept. */
    record Stored(
            @Nullable String name,
            @Nullable String fileName,
            String mediaType,
            @Nullable Long length,
            long bytes,
            String sha256) {}

    /** What this till refuses. */
    enum TillError implements ErrorCode {
        UNKNOWN_CURRENCY(ErrorDefinition.of(422, "Unknown currency"));

        private final ErrorDefinition definition;

        TillError(ErrorDefinition definition) {
            this.definition = definition;
        }

        @Override
        public ErrorDefinition definition() {
            return definition;
        }
    }

    private static final Map<String, Principal> TOKENS =
            Map.of("anna", Principal.of("anna"), "otto", new Principal("otto", Set.of("auditor"), Map.of()));

    final Map<String, Long> balances = new ConcurrentHashMap<>();

    static SchemaCheck schemas() {
        return SchemaCheck.with(Schemas.load(schemas -> schemas.json("till/deposit/in", """
                {"type": "object", "required": ["currency", "amount"], "additionalProperties": false,
                 "properties": {"currency": {"type": "string", "minLength": 3}, "amount": {"type": "integer", "minimum": 1}}}""")));
    }

    static ErrorCatalogue catalogue() {
        return ErrorCatalogue.of(TillError.values());
    }

    Commands commands(Consumer<CommandsConfig> more) {
        return Commands.of(c -> {
            c.intercept(Authentication.bearer(token -> Optional.ofNullable(TOKENS.get(token))))
                    .intercept(schemas())
                    .intercept(Idempotency.in(IdempotencyStore.inMemory(100)))
                    .catalogue(catalogue())
                    .stopTimeout(Duration.ofMillis(200))
                    .handle(DEPOSIT, (context, deposit) -> {
                        if (!deposit.currency().equals("EUR")) {
                            throw TillError.UNKNOWN_CURRENCY.problem().toException();
                        }
                        return new Balance(balances.merge(context.principal().id(), deposit.amount(), Long::sum));
                    })
                    .handle(
                            BALANCE,
                            (context, of) -> new Balance(balances.getOrDefault(
                                            context.principal().id(), 0L)
                                    + (of.tills() == null ? 0 : of.tills().size())))
                    .handle(AUDIT, (context, nothing) -> new Balance(1))
                    .handle(CLOSE, (context, nothing) -> nothing)
                    .answer(
                            TICKET,
                            (context, nothing) -> Reply.of(new Balance(7))
                                    .status(202)
                                    .header("Location", "/tickets/7")
                                    .header("Content-Length", "99999"))
                    .handle(STORE, (context, named) -> stored(named, context.content()))
                    .handle(VAULT, (context, named) -> stored(named, context.content()))
                    .answer(
                            FETCH,
                            (context, sized) -> Reply.of(new Named("größe " + sized.size()))
                                    .content(new Content(
                                            stream(sized),
                                            (long) sized.size(),
                                            "application/x-test",
                                            "Größe \"1\".bin")))
                    .answer(ECHO, (context, named) -> Reply.of(named).content(context.content()));
            more.accept(c);
        });
    }

    private static InputStream stream(Sized sized) {
        boolean broken = Boolean.TRUE.equals(sized.broken());
        return new ByteArrayInputStream(pattern(broken ? sized.size() / 2 : sized.size()));
    }

    static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    private static Stored stored(Named named, Content content) {
        try (InputStream stream = content.stream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[8_192];
            long bytes = 0;
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
            return new Stored(
                    named.name(),
                    content.fileName(),
                    content.mediaType(),
                    content.length(),
                    bytes,
                    HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
