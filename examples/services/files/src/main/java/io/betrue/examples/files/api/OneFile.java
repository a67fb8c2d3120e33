package io.betrue.examples.files.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which file.
 *
 * @param fileId the file
 */
public record OneFile(@Nullable UUID fileId) {}
