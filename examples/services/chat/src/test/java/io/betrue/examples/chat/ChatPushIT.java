package io.betrue.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.examples.chat.Fixture.User;
import io.betrue.examples.chat.api.ChatCommands;
import io.betrue.examples.chat.api.InRoom;
import io.betrue.examples.chat.api.Membership;
import io.betrue.examples.chat.api.Message;
import io.betrue.examples.chat.api.Send;
import io.betrue.examples.chat.api.Typing;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients are told of what happens. */
class ChatPushIT {
    @RegisterExtension
    static final Fixture CHAT = new Fixture(ChatOptions.defaults());

    private final User anna = CHAT.user();
    private final User otto = CHAT.user();

    @Test
    void messagesOfARoomAreToldInTheirOrder() throws InterruptedException {
        UUID room = anna.room();
        anna.invite(room, otto);
        List<CompletableFuture<?>> sending = new ArrayList<>();
        for (User user : List.of(anna, otto)) {
            sending.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 20; i++) {
                    user.client().call(ChatCommands.SEND, new Send(room, "message " + i));
                }
            }));
        }
        List<Long> numbers = new ArrayList<>();
        while (numbers.size() < 40) {
            numbers.add(((Message) CHAT.told().nextIn(room)).number());
        }
        sending.forEach(CompletableFuture::join);
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatCouldNotBeToldIsToldLaterAndInItsOrder() throws InterruptedException {
        UUID room = anna.room();
        CHAT.told().fail(2);
        Message first = anna.client().call(ChatCommands.SEND, new Send(room, "one"));
        Message second = anna.client().call(ChatCommands.SEND, new Send(room, "two"));
        assertThat(CHAT.told().nextIn(room)).isEqualTo(first);
        assertThat(CHAT.told().nextIn(room)).isEqualTo(second);
    }

    @Test
    void whoComesAndLeavesIsTold() throws InterruptedException {
        UUID room = anna.room();
        anna.invite(room, otto);
        otto.client().call(ChatCommands.LEAVE, new InRoom(room));
        List<Told.Line> lines = new ArrayList<>();
        Told.Line removed = new Told.Line("removed", otto.id(), "", room);
        while (!lines.contains(removed)) {
            lines.add(CHAT.told().next());
        }
        Membership came = new Membership(room, otto.id(), true);
        Membership left = new Membership(room, otto.id(), false);
        assertThat(lines)
                .containsSubsequence(
                        new Told.Line("room", room, "chat/membership", came),
                        new Told.Line("user", otto.id(), "chat/membership", came),
                        new Told.Line("room", room, "chat/membership", left),
                        removed);
    }

    @Test
    void theOthersSeeWhoIsWriting() throws InterruptedException {
        UUID room = anna.room();
        anna.invite(room, otto);
        anna.client().call(ChatCommands.TYPING, new InRoom(room));
        Told.Line line = CHAT.told().next();
        while (!line.event().equals("chat/typing")) {
            line = CHAT.told().next();
        }
        assertThat(line).isEqualTo(new Told.Line("user", otto.id(), "chat/typing", new Typing(room, anna.id())));
    }
}
