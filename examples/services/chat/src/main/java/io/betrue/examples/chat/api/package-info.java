/** What other services and applications may know of the chat: its commands, what they take and give, what clients are told, and how they fail. Nothing here knows a database or a transport. */
@NullMarked
package io.betrue.examples.chat.api;

import org.jspecify.annotations.NullMarked;
