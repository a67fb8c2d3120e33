package io.betrue.examples.chat;

import static io.betrue.examples.chat.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.CommandClient;
import io.betrue.commands.CommandType;
import io.betrue.commands.Idempotency;
import io.betrue.examples.chat.Fixture.User;
import io.betrue.examples.chat.api.ChatCommands;
import io.betrue.examples.chat.api.CreateRoom;
import io.betrue.examples.chat.api.History;
import io.betrue.examples.chat.api.HistoryQuery;
import io.betrue.examples.chat.api.InRoom;
import io.betrue.examples.chat.api.Invite;
import io.betrue.examples.chat.api.Members;
import io.betrue.examples.chat.api.Message;
import io.betrue.examples.chat.api.OpenPrivate;
import io.betrue.examples.chat.api.Read;
import io.betrue.examples.chat.api.Room;
import io.betrue.examples.chat.api.RoomKind;
import io.betrue.examples.chat.api.Rooms;
import io.betrue.examples.chat.api.RoomsQuery;
import io.betrue.examples.chat.api.Send;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of the chat behind a chain. */
class ChatServiceIT {
    @RegisterExtension
    static final Fixture CHAT = new Fixture(new ChatOptions(3, 3));

    private final User anna = CHAT.user();
    private final User otto = CHAT.user();

    @Test
    void everyCommandIsHandledForWhoIsSignedInAndHasItsSchemas() {
        assertThat(CHAT.commands().types()).containsAll(ChatCommands.ALL);
        assertThat(ChatCommands.ALL).noneMatch(CommandType::isOpen);
        for (CommandType<?, ?> type : ChatCommands.ALL) {
            assertThat(Fixture.SCHEMAS.names()).contains(type.address() + "/in", type.address() + "/out");
        }
    }

    @Test
    void membersTalk() {
        UUID room = anna.room();
        anna.invite(room, otto);
        Message hello = say(anna, room, "hello");
        Message back = say(otto, room, "hi");
        assertThat(List.of(hello.number(), back.number())).containsExactly(1L, 2L);
        assertThat(history(otto, new HistoryQuery(room, null, null, null)).messages())
                .containsExactly(back, hello);
        assertThat(anna.client().call(ChatCommands.MEMBERS, new InRoom(room)).members())
                .extracting(Members.Member::userId)
                .containsExactly(anna.id(), otto.id());
    }

    @Test
    void countsWhatIsUnread() {
        UUID room = anna.room();
        say(anna, room, "before otto came");
        anna.invite(room, otto);
        assertThat(unread(otto, room)).isZero();
        say(anna, room, "one");
        say(anna, room, "two");
        assertThat(unread(otto, room)).isEqualTo(2);
        assertThat(unread(anna, room)).isZero();
        assertThat(otto.client().call(ChatCommands.READ, new Read(room, 2L)).unread())
                .isEqualTo(1);
        assertThat(otto.client().call(ChatCommands.READ, new Read(room, 1L)).unread())
                .as("nothing becomes unread again")
                .isEqualTo(1);
        assertThat(otto.client().call(ChatCommands.READ, new Read(room, 900L)).unread())
                .isZero();
        say(anna, room, "three");
        assertThat(unread(otto, room)).isEqualTo(1);
    }

    @Test
    void outsidersDoNotLearnWhetherThereIsSuchARoom() {
        UUID room = anna.room();
        for (UUID id : List.of(room, UUID.randomUUID())) {
            CommandClient client = otto.client();
            List<Runnable> tries = List.of(
                    () -> client.call(ChatCommands.SEND, new Send(id, "hello")),
                    () -> client.call(ChatCommands.HISTORY, new HistoryQuery(id, null, null, null)),
                    () -> client.call(ChatCommands.MEMBERS, new InRoom(id)),
                    () -> client.call(ChatCommands.INVITE, new Invite(id, UUID.randomUUID())),
                    () -> client.call(ChatCommands.LEAVE, new InRoom(id)),
                    () -> client.call(ChatCommands.READ, new Read(id, 1L)),
                    () -> client.call(ChatCommands.TYPING, new InRoom(id)),
                    () -> client.call(ChatCommands.ADMIT, new InRoom(id)));
            assertThat(tries).allSatisfy(attempt -> assertThat(codeOf(attempt)).isEqualTo("ROOM_NOT_FOUND"));
        }
    }

    @Test
    void whoHasLeftIsOutside() {
        UUID room = anna.room();
        anna.invite(room, otto);
        anna.client().call(ChatCommands.ADMIT, new InRoom(room));
        anna.client().call(ChatCommands.LEAVE, new InRoom(room));
        assertThat(codeOf(() -> say(anna, room, "still here"))).isEqualTo("ROOM_NOT_FOUND");
        assertThat(codeOf(() -> anna.client().call(ChatCommands.ADMIT, new InRoom(room))))
                .isEqualTo("ROOM_NOT_FOUND");
        say(otto, room, "alone");
    }

    @Test
    void privateChatIsOneForTwo() {
        List<CompletableFuture<Room>> opened = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            User one = i % 2 == 0 ? anna : otto;
            User other = i % 2 == 0 ? otto : anna;
            opened.add(CompletableFuture.supplyAsync(
                    () -> one.client().call(ChatCommands.OPEN_PRIVATE, new OpenPrivate(other.id()))));
        }
        List<Room> rooms = opened.stream().map(CompletableFuture::join).toList();
        assertThat(rooms).extracting(Room::roomId).containsOnly(rooms.get(0).roomId());
        assertThat(rooms).extracting(Room::kind).containsOnly(RoomKind.PRIVATE);
        assertThat(rooms).extracting(Room::withUserId).containsOnly(anna.id(), otto.id());
        say(otto, rooms.get(0).roomId(), "just us");
    }

    @Test
    void privateChatStaysPrivate() {
        UUID room = anna.client()
                .call(ChatCommands.OPEN_PRIVATE, new OpenPrivate(otto.id()))
                .roomId();
        assertThat(codeOf(() -> anna.invite(room, CHAT.user()))).isEqualTo("ROOM_IS_PRIVATE");
        assertThat(codeOf(() -> anna.client().call(ChatCommands.LEAVE, new InRoom(room))))
                .isEqualTo("ROOM_IS_PRIVATE");
    }

    @Test
    void oneKeyIsOneMessage() {
        UUID room = anna.room();
        CommandClient keyed = anna.client().header(Idempotency.HEADER, "first");
        Message said = keyed.call(ChatCommands.SEND, new Send(room, "hello"));
        assertThat(keyed.call(ChatCommands.SEND, new Send(room, "hello"))).isEqualTo(said);
        assertThat(codeOf(() -> keyed.call(ChatCommands.SEND, new Send(room, "another"))))
                .isEqualTo("CONFLICT");
        assertThat(history(anna, new HistoryQuery(room, null, null, null)).messages())
                .containsExactly(said);
    }

    @Test
    void historyGoesBothWays() {
        UUID room = anna.room();
        for (int i = 1; i <= 5; i++) {
            say(anna, room, "message " + i);
        }
        History newest = history(anna, new HistoryQuery(room, null, null, 2));
        assertThat(newest.messages()).extracting(Message::number).containsExactly(5L, 4L);
        assertThat(newest.more()).isTrue();
        History oldest = history(anna, new HistoryQuery(room, 4L, null, 3));
        assertThat(oldest.messages()).extracting(Message::number).containsExactly(3L, 2L, 1L);
        assertThat(oldest.more()).isFalse();
        assertThat(history(anna, new HistoryQuery(room, null, 2L, 2)).messages())
                .extracting(Message::number)
                .containsExactly(3L, 4L);
        assertThat(codeOf(() -> history(anna, new HistoryQuery(room, 1L, 1L, null))))
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void roomsComeInPages() {
        List<UUID> made = List.of(anna.room(), anna.room(), anna.room());
        Rooms first = anna.client().call(ChatCommands.ROOMS, new RoomsQuery(null, 2));
        Rooms second = anna.client().call(ChatCommands.ROOMS, new RoomsQuery(first.next(), 2));
        assertThat(second.next()).isNull();
        List<UUID> listed = new ArrayList<>();
        first.rooms().forEach(room -> listed.add(room.roomId()));
        second.rooms().forEach(room -> listed.add(room.roomId()));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void nothingIsUnbounded() {
        UUID room = anna.room();
        anna.invite(room, otto);
        anna.invite(room, CHAT.user());
        assertThat(codeOf(() -> anna.invite(room, CHAT.user()))).as("members").isEqualTo("ROOM_LIMIT");
        anna.invite(room, otto); // who is in already, is
        anna.room();
        anna.room();
        assertThat(codeOf(anna::room)).as("rooms").isEqualTo("ROOM_LIMIT");
    }

    @Test
    void nobodyTalksToWhoIsNotThere() {
        UUID nobody = UUID.randomUUID();
        assertThat(codeOf(() -> anna.client().call(ChatCommands.OPEN_PRIVATE, new OpenPrivate(nobody))))
                .isEqualTo("USER_NOT_FOUND");
        UUID room = anna.room();
        assertThat(codeOf(() -> anna.client().call(ChatCommands.INVITE, new Invite(room, nobody))))
                .isEqualTo("USER_NOT_FOUND");
    }

    @Test
    void oddInputsAreRefused() {
        UUID room = anna.room();
        List<Runnable> tries = List.of(
                () -> say(anna, room, ""),
                () -> say(anna, room, " \n"),
                () -> say(anna, room, "x".repeat(4_001)),
                () -> say(anna, room, "a\0b"),
                () -> anna.client().call(ChatCommands.CREATE_ROOM, new CreateRoom(null)),
                () -> anna.client().call(ChatCommands.OPEN_PRIVATE, new OpenPrivate(anna.id())),
                () -> anna.client().call(ChatCommands.READ, new Read(room, -1L)),
                () -> anna.client().call(ChatCommands.ROOMS, new RoomsQuery("nonsense", null)),
                () -> history(anna, new HistoryQuery(room, null, null, 201)),
                () -> anna.client()
                        .header(Idempotency.HEADER, "with a blank")
                        .call(ChatCommands.SEND, new Send(room, "hello")));
        assertThat(tries).allSatisfy(attempt -> assertThat(codeOf(attempt)).isEqualTo("VALIDATION_FAILED"));
        say(anna, room, "x".repeat(4_000));
        say(anna, room, "\uD83D\uDE00".repeat(4_000));
        assertThat(codeOf(() -> CHAT.commands().client().call(ChatCommands.ROOMS, new RoomsQuery(null, null))))
                .isEqualTo("UNAUTHENTICATED");
    }

    private static Message say(User user, UUID room, String text) {
        return user.client().call(ChatCommands.SEND, new Send(room, text));
    }

    private static History history(User user, HistoryQuery query) {
        return user.client().call(ChatCommands.HISTORY, query);
    }

    private static long unread(User user, UUID room) {
        return user.client().call(ChatCommands.ROOMS, new RoomsQuery(null, null)).rooms().stream()
                .filter(one -> one.roomId().equals(room))
                .findFirst()
                .orElseThrow()
                .unread();
    }
}
