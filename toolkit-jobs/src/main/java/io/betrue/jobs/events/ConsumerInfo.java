package io.betrue.jobs.events;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A consumer as the database knows it.
 *
 * @param name what it is called
 * @param types codes of the types of events it gets, in any process; unmodifiable
 * @param undelivered how many events it has not had yet
 * @param oldest when the oldest of these was published, or {@code null} where there is none
 */
public record ConsumerInfo(
        String name,
        Set<String> types,
        long undelivered,
        @Nullable Instant oldest) {}
