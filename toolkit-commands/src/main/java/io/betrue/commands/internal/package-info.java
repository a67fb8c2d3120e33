/** What the transports of this module share and nobody else sees: sending over a WebSocket within bounds, and the spans of their clients. */
@NullMarked
package io.betrue.commands.internal;

import org.jspecify.annotations.NullMarked;
