/** What other services and applications may know of the chat: its commands and events, what they take and give, and how they fail. Nothing here knows a database or a transport. */
@NullMarked
package io.betrue.examples.chat.api;

import org.jspecify.annotations.NullMarked;
