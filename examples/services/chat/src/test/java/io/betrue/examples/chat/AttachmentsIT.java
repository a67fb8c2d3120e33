package io.betrue.examples.chat;

import static io.betrue.examples.chat.Fixture.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Content;
import io.betrue.commands.Idempotency;
import io.betrue.commands.Reply;
import io.betrue.examples.chat.Fixture.User;
import io.betrue.examples.chat.api.Attachment;
import io.betrue.examples.chat.api.AttachmentQuery;
import io.betrue.examples.chat.api.ChatCommands;
import io.betrue.examples.chat.api.HistoryQuery;
import io.betrue.examples.chat.api.InRoom;
import io.betrue.examples.chat.api.Message;
import io.betrue.examples.chat.api.Send;
import io.betrue.examples.files.api.FileInfo;
import io.betrue.examples.files.api.FilesCommands;
import io.betrue.examples.files.api.OneFile;
import io.betrue.examples.files.api.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Files that belong to messages, with the real service of files beside the chat. */
class AttachmentsIT {
    @RegisterExtension
    static final Fixture CHAT = new Fixture(ChatOptions.defaults());

    private final User anna = CHAT.user();
    private final User otto = CHAT.user();
    private UUID room = new UUID(0, 0);

    @BeforeEach
    void openRoom() {
        room = anna.room();
        anna.invite(room, otto);
    }

    private static FileInfo upload(User user, String text) {
        Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
        return user.client().content(content).call(FilesCommands.UPLOAD, new Upload("notes.txt", "text/plain"));
    }

    private Message send(User user, String text, UUID... files) {
        return user.client().call(ChatCommands.SEND, new Send(room, text, List.of(files)));
    }

    private static Reply<Attachment> ask(User user, UUID room, UUID message, @Nullable UUID file) {
        return user.client().exchange(ChatCommands.ATTACHMENT, new AttachmentQuery(room, message, file));
    }

    private static String bytes(Reply<Attachment> reply) throws IOException {
        try (Content content = reply.requireContent()) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void messagesShowTheFilesThatBelongToThem() throws InterruptedException {
        FileInfo one = upload(anna, "one");
        FileInfo two = upload(anna, "two and more");
        Message said = send(anna, "look", two.fileId(), one.fileId());
        assertThat(said.attachments())
                .containsExactly(
                        new Attachment(two.fileId(), "notes.txt", "text/plain", 12),
                        new Attachment(one.fileId(), "notes.txt", "text/plain", 3));
        Message plain = send(otto, "nice");
        assertThat(plain.attachments()).isEmpty();
        assertThat(otto.client()
                        .call(ChatCommands.HISTORY, new HistoryQuery(room, null, null, null))
                        .messages())
                .containsExactly(plain, said);
        assertThat(CHAT.told().nextIn(room)).isEqualTo(said);
    }

    @Test
    void membersGetTheBytes() throws IOException {
        FileInfo file = upload(anna, "for all of us");
        Message said = send(anna, "", file.fileId());
        Reply<Attachment> reply = ask(otto, room, said.messageId(), file.fileId());
        assertThat(reply.result()).isEqualTo(said.attachments().get(0));
        assertThat(reply.headers().get("etag")).isEqualTo("\"" + file.sha256() + "\"");
        assertThat(reply.requireContent().fileName()).isEqualTo("notes.txt");
        assertThat(bytes(reply)).isEqualTo("for all of us");
        assertThat(codeOf(() -> otto.client().exchange(FilesCommands.DOWNLOAD, new OneFile(file.fileId()))))
                .as("which makes it nobody else's")
                .isEqualTo("FILE_NOT_FOUND");
    }

    @Test
    void whoIsOutsideOrHasLeftGetsNothing() throws IOException {
        UUID file = upload(anna, "secret").fileId();
        UUID message = send(anna, "look", file).messageId();
        assertThat(codeOf(() -> ask(CHAT.user(), room, message, file))).isEqualTo("ROOM_NOT_FOUND");
        assertThat(bytes(ask(otto, room, message, file))).isEqualTo("secret");
        otto.client().call(ChatCommands.LEAVE, new InRoom(room));
        assertThat(codeOf(() -> ask(otto, room, message, file))).isEqualTo("ROOM_NOT_FOUND");
    }

    @Test
    void onlyOwnFilesCanBeAttached() {
        UUID foreign = upload(otto, "otto's").fileId();
        UUID deleted = upload(anna, "gone").fileId();
        anna.client().call(FilesCommands.DELETE, new OneFile(deleted));
        for (UUID id : List.of(foreign, deleted, UUID.randomUUID())) {
            assertThat(codeOf(() -> send(anna, "look", id))).isEqualTo("FILE_NOT_FOUND");
        }
        assertThat(anna.client()
                        .call(ChatCommands.HISTORY, new HistoryQuery(room, null, null, null))
                        .messages())
                .isEmpty();
    }

    @Test
    void roomMessageAndFileMustBelongTogether() {
        UUID file = upload(anna, "one").fileId();
        UUID message = send(anna, "look", file).messageId();
        UUID other = send(anna, "without").messageId();
        UUID elsewhere = otto.room();
        List<Runnable> tries = List.of(
                () -> ask(otto, room, other, file),
                () -> ask(otto, room, message, UUID.randomUUID()),
                () -> ask(otto, room, UUID.randomUUID(), file),
                () -> ask(otto, elsewhere, message, file));
        assertThat(tries).allSatisfy(attempt -> assertThat(codeOf(attempt)).isEqualTo("ATTACHMENT_NOT_FOUND"));
    }

    @Test
    void fileThatItsOwnerDeletesIsGoneFromTheRoomToo() {
        UUID file = upload(anna, "one").fileId();
        Message said = send(anna, "look", file);
        anna.client().call(FilesCommands.DELETE, new OneFile(file));
        assertThat(codeOf(() -> ask(otto, room, said.messageId(), file))).isEqualTo("ATTACHMENT_NOT_FOUND");
        assertThat(otto.client()
                        .call(ChatCommands.HISTORY, new HistoryQuery(room, null, null, null))
                        .messages())
                .as("what was said stays")
                .containsExactly(said);
    }

    @Test
    void oneKeyIsOneMessageWithItsFiles() {
        UUID file = upload(anna, "one").fileId();
        UUID other = upload(anna, "two").fileId();
        User keyed = new User(anna.id(), anna.client().header(Idempotency.HEADER, "first"));
        Message said = send(keyed, "look", file);
        assertThat(send(keyed, "look", file)).isEqualTo(said);
        assertThat(codeOf(() -> send(keyed, "look", other))).isEqualTo("CONFLICT");
        assertThat(codeOf(() -> send(keyed, "look"))).isEqualTo("CONFLICT");
        anna.client().call(FilesCommands.DELETE, new OneFile(file));
        assertThat(send(keyed, "look", file)).as("also when it is gone").isEqualTo(said);
    }

    @Test
    void messagesHaveTenFilesAtMostAndWordsOrFiles() {
        List<UUID> files = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            files.add(upload(anna, "file " + i).fileId());
        }
        assertThat(send(anna, " ", files.subList(0, 10).toArray(UUID[]::new)).attachments())
                .hasSize(10);
        List<Runnable> tries = List.of(
                () -> send(anna, "look", files.toArray(UUID[]::new)),
                () -> send(anna, "look", files.get(0), files.get(0)),
                () -> send(anna, ""),
                () -> ask(anna, room, room, null));
        assertThat(tries).allSatisfy(attempt -> assertThat(codeOf(attempt)).isEqualTo("VALIDATION_FAILED"));
    }

    @Test
    void eventsFromBeforeThereWereAttachmentsHaveNone() {
        Message old = new Message(room, 1, UUID.randomUUID(), anna.id(), Instant.EPOCH, "hello", null);
        assertThat(old.attachments()).isEmpty();
    }
}
