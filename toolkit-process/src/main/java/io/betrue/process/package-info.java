/**
 * The life of an application's process, from the command line to the exit status.
 * <p>{@link io.betrue.process.Program} is where to begin; what a command does is written against {@link io.betrue.process.Run}. Nothing here
 * knows another toolkit, reads configuration, or makes a logger before a command has begun or something has to be said.
 */
@NullMarked
package io.betrue.process;

import org.jspecify.annotations.NullMarked;
