package io.betrue.commands.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.commands.Authentication;
import io.betrue.commands.CommandContext;
import io.betrue.commands.Commands;
import io.betrue.commands.Principal;
import io.betrue.errors.StandardError;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the page about the hub shows. */
class HubPageTest {
    private static final Authentication AUTHENTICATION =
            Authentication.bearer(token -> Optional.of(Principal.of(token)));
    private final Chat chat = new Chat();

    record Said(String by, String text) {}

    record OrderPaid(String customer, long order) {}

    /** An application. */
    static final class Chat {
        void checkMember(Principal caller, String room) {
            if (!room.equals("room/" + caller.id())) {
                throw StandardError.FORBIDDEN.problem().toException();
            }
        }
    }

    // tag::admission[]
    final class ChatAdmission implements Admission {
        @Override
        public void join(CommandContext context, String room) {
            chat.checkMember(context.principal(), room); // throws FORBIDDEN
        }

        @Override
        public Set<String> tags(CommandContext context) {
            return context.caller().map(Principal::roles).orElse(Set.of());
        }
    }
    // end::admission[]

    @Test
    void composes() {
        // tag::compose[]
        Hub hub = Hub.create();
        Commands commands = Commands.of(c -> hub.handle(c.intercept(AUTHENTICATION), new ChatAdmission()));
        // end::compose[]
        Client anna = new Client("anna", commands);
        anna.join("room/anna");
        // tag::send[]
        hub.send(Audience.room("room/anna").except(Audience.user("otto")), "chat/said", new Said("anna", "hello"));
        hub.send(Audience.user("anna"), "mail/came", 3);
        // end::send[]
        JsonNode said = anna.next();
        assertThat(said.path("data").path("text").asText()).isEqualTo("hello");
        assertThat(said.path("offset").asLong()).isPositive();
        JsonNode mail = anna.next();
        assertThat(mail.toString()).isEqualTo("{\"event\":\"mail/came\",\"data\":3}");
        // tag::push[]
        Consumer<OrderPaid> push = hub.push("order/paid", paid -> Audience.room("room/" + paid.customer()));
        // end::push[]
        push.accept(new OrderPaid("anna", 7));
        assertThat(anna.next().path("data").path("order").asLong()).isEqualTo(7);
        // tag::away[]
        hub.send(Audience.room("room/anna"), "chat/said", new Said("anna", "hello"))
                .whenComplete((done, failure) -> {
                    if (failure != null) { // a ProblemException UNAVAILABLE: perhaps it was sent, perhaps not
                        System.getLogger("chat").log(System.Logger.Level.WARNING, "not sent", failure);
                    }
                });
        // end::away[]
        assertThat(anna.events(1)).hasSize(1);
        // tag::presence[]
        hub.presence("room/anna").thenAccept(presence -> {
            long connections = presence.count();
            boolean sure = presence.complete(); // all nodes that are alive answered
            assertThat(connections).isEqualTo(1);
            assertThat(sure).isTrue();
        });
        // end::presence[]
        // tag::out[]
        hub.remove(Audience.user("anna"), "room/anna");
        hub.disconnect(Audience.user("anna"), StandardError.UNAUTHENTICATED);
        // end::out[]
        assertThat(anna.next().path("left").asText()).isEqualTo("room/anna");
        assertThat(anna.closedFor()).isNotNull();
        commands.close();
        hub.close();
    }
}
