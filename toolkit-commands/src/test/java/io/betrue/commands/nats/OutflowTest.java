package io.betrue.commands.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.commands.Content;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutflowTest {
    private static final int CHUNK = 1_000;

    @Test
    void sendsWholeChunksOfAStreamThatDoesNotTellWhatIsThere() {
        List<Frame> sent = new ArrayList<>();
        Content content = Content.of(new FilterInputStream(new ByteArrayInputStream(new byte[2_500])) {
            @Override
            public int available() {
                return 0;
            }
        });
        Outflow out = new Outflow(content, sent::add, Runnable::run, Duration.ofSeconds(5), CHUNK, () -> {});
        out.take(Frame.of(Frame.Kind.CREDIT, Limits.WINDOW));
        assertThat(sent).extracting(frame -> frame.body().length).containsExactly(CHUNK, CHUNK, 500, 0);
    }
}
