/**
 * Commands over HTTP: {@link io.betrue.commands.http.HttpCommands} serves them in a Javalin application, {@link io.betrue.commands.http.HttpTarget} calls them in another
 * process.
 *
 * <p>Guards run in the chain of {@link io.betrue.commands.Commands} and nowhere here. The server needs Javalin; the client needs nothing beyond the JDK.
 */
@NullMarked
package io.betrue.commands.http;

import org.jspecify.annotations.NullMarked;
