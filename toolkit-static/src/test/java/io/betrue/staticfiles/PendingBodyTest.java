package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingBodyTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsNothingOfABufferGivenBack() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "mine and more");
        SourceFile file = StaticRoot.directory(folder).scan(false).get(0);
        Buffers buffers = new Buffers();
        Reply reply = new Reply(200, List.of(), List.of(new Reply.Disk(file, 0, file.size())));
        PendingBody body = new PendingBody(reply, buffers);
        assertThat(body.readNBytes(4)).asString().isEqualTo("mine");
        body.close();
        buffers.take().put("the answer to another".getBytes(StandardCharsets.US_ASCII));
        assertThat(body.readAllBytes()).isEmpty();
    }
}
