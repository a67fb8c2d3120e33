package io.betrue.examples.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandContext;
import io.betrue.commands.CommandType;
import io.betrue.commands.Commands;
import io.betrue.commands.CommandsConfig;
import io.betrue.commands.Nothing;
import io.betrue.commands.Principal;
import io.betrue.commands.RateLimit;
import io.betrue.commands.SchemaCheck;
import io.betrue.errors.ProblemException;
import io.betrue.errors.StandardError;
import io.betrue.examples.tour.Step03ErrorsHttpTest.BookError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class Step05CommandsTest {
    // tag::service[]
    /** A guest book that knows no transport. */
    static final class Book {
        record Entry(String by, String text) {}

        record Sign(String text) {}

        record Entries(List<Entry> entries) {}

        static final CommandType<Sign, Entry> SIGN = CommandType.of("book/sign", Sign.class, Entry.class)
                .description("Writes into the book")
                .problems(BookError.BOOK_FULL);
        static final CommandType<Nothing, Entries> READ = CommandType.of("book/read", Nothing.class, Entries.class)
                .description("Shows what is written")
                .idempotent();

        private final List<Entry> entries = new CopyOnWriteArrayList<>();
        private final int pages;
        private final Consumer<Entry> told;

        Book(int pages) {
            this(pages, entry -> {});
        }

        /** @param told of each entry */
        Book(int pages, Consumer<Entry> told) {
            this.pages = pages;
            this.told = told;
        }

        void handle(CommandsConfig commands) {
            commands.handle(SIGN, this::sign).handle(READ, (context, nothing) -> new Entries(List.copyOf(entries)));
        }

        private Entry sign(CommandContext context, Sign sign) {
            if (entries.size() >= pages) {
                throw BookError.BOOK_FULL.problem().with("pages", pages).toException();
            }
            Entry entry = new Entry(context.principal().id(), sign.text());
            entries.add(entry);
            told.accept(entry);
            return entry;
        }
    }
    // end::service[]

    // tag::guards[]
    static CommandsConfig guarded(CommandsConfig commands) {
        return commands.intercept(Authentication.bearer(Step05CommandsTest::verify))
                .intercept(RateLimit.perCaller(100, Duration.ofSeconds(1)))
                .intercept(SchemaCheck.ofRecords());
    }
    // end::guards[]

    /** Believes everybody who says "token of …"; a real one checks a signature. */
    static Optional<Principal> verify(String token) {
        return token.startsWith("token of ") ? Optional.of(Principal.of(token.substring(9))) : Optional.empty();
    }

    @Test
    void callsInProcess() {
        // tag::call[]
        try (Commands commands = Commands.of(c -> new Book(40).handle(guarded(c)))) {
            CommandClient anna = commands.client().bearer("token of anna");
            Book.Entry entry = anna.call(Book.SIGN, new Book.Sign("A fine evening"));
            assertThat(entry.by()).isEqualTo("anna");
            // end::call[]
            assertThatThrownBy(() -> commands.client().call(Book.SIGN, new Book.Sign("Who am I?")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(StandardError.UNAUTHENTICATED));
            // tag::call[]
        }
        // end::call[]
    }
}
