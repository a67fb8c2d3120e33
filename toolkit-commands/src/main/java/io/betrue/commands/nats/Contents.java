package io.betrue.commands.nats;

import io.betrue.commands.Content;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both sides do with streams. */
final class Contents {
    private static final Logger log = LoggerFactory.getLogger(Contents.class);

    private Contents() {}

    static void close(@Nullable Content content) {
        if (content != null) {
            try {
                content.close();
            } catch (IOException e) {
                log.debug("a stream could not be closed", e);
            }
        }
    }
}
