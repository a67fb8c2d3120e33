package io.betrue.jobs.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a running attempt says about itself.
 *
 * @param job the claim
 * @param progress 0 to 1, or {@code null} when nothing new was said
 * @param message said with the progress, or {@code null}
 * @param lines new lines; at most 100
 */
public record Report(
        ClaimedJob job, @Nullable Double progress, @Nullable String message, List<String> lines) {}
