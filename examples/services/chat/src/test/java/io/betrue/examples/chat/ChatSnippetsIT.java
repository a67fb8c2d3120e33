package io.betrue.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Authentication;
import io.betrue.commands.CommandClient;
import io.betrue.commands.Commands;
import io.betrue.commands.Content;
import io.betrue.commands.Principal;
import io.betrue.commands.hub.Hub;
import io.betrue.commands.hub.HubCommands;
import io.betrue.examples.chat.api.AttachmentQuery;
import io.betrue.examples.chat.api.ChatCommands;
import io.betrue.examples.chat.api.CreateRoom;
import io.betrue.examples.chat.api.History;
import io.betrue.examples.chat.api.HistoryQuery;
import io.betrue.examples.chat.api.Invite;
import io.betrue.examples.chat.api.Message;
import io.betrue.examples.chat.api.Send;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.Upload;
import io.betrue.jobs.events.Events;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The snippets of the README, run. */
class ChatSnippetsIT {
    @RegisterExtension
    static final Fixture CHAT = new Fixture(ChatOptions.defaults());

    @Test
    void composes() {
        DataSource dataSource = CHAT.dataSource();
        ChatService.Users users = (context, userId) -> true;
        try (Events events = CHAT.fresh()) {
            // tag::compose[]
            Hub hub = Hub.create();
            ChatService chat = new ChatService(
                    dataSource, events, users, ChatHub.push(hub), ChatOptions.defaults(), Clock.systemUTC());
            chat.consume(events);
            events.start();
            Commands commands = Commands.of(c -> {
                c.intercept(Authentication.bearer(ChatSnippetsIT::verify));
                chat.handle(c);
                hub.handle(c, ChatHub.admission());
            });
            // end::compose[]
            assertThat(commands.handled()).contains(ChatCommands.SEND, HubCommands.JOIN);
            commands.close();
            hub.close();
        }
    }

    private static Optional<Principal> verify(String token) {
        return Optional.of(Principal.of(token));
    }

    @Test
    void talks() {
        CommandClient anna = CHAT.user().client();
        Fixture.User user = CHAT.user();
        UUID otto = user.id();
        // tag::talk[]
        UUID room = anna.call(ChatCommands.CREATE_ROOM, new CreateRoom("Lunch")).roomId();
        anna.call(ChatCommands.INVITE, new Invite(room, otto));
        Message said = anna.call(ChatCommands.SEND, new Send(room, "At noon?"));
        // end::talk[]
        History history = user.client().call(ChatCommands.HISTORY, new HistoryQuery(room, null, null, null));
        assertThat(history.messages()).containsExactly(said);
    }

    @Test
    void attaches() throws IOException {
        Fixture.User owner = CHAT.user();
        Fixture.User guest = CHAT.user();
        UUID room = owner.room();
        owner.invite(room, guest);
        CommandClient anna = owner.client();
        CommandClient otto = guest.client();
        Content bytes = Content.of("Soup".getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // tag::attach[]
        FileInfo menu = anna.content(bytes).call(FilesCommands.UPLOAD, new Upload("menu.txt", "text/plain"));
        Message said = anna.call(ChatCommands.SEND, new Send(room, "Today:", List.of(menu.fileId())));
        AttachmentQuery query = new AttachmentQuery(room, said.messageId(), menu.fileId());
        try (Content content = otto.exchange(ChatCommands.ATTACHMENT, query).requireContent()) {
            content.stream().transferTo(out);
        }
        // end::attach[]
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Soup");
    }
}
