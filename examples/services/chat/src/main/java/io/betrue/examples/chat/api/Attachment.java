package io.betrue.examples.chat.api;

import java.util.UUID;

/**
 * A file that belongs to a message; its bytes are given by {@link ChatCommands#ATTACHMENT} as long as its owner keeps it.
 *
 * @param fileId which file
 * @param name what it is called; never a path
 * @param mediaType what its bytes are
 * @param size how many bytes it has
 */
public record Attachment(UUID fileId, String name, String mediaType, long size) {}
