package io.betrue.jobs.nats;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is in an outbox.
 *
 * @param waiting how many jobs wait for the relay
 * @param oldest how long the first of them has waited, or {@code null} when there is none
 * @param aside how many NATS will never take: their rows say why in the column {@code error}
 */
public record OutboxInfo(long waiting, @Nullable Duration oldest, long aside) {}
