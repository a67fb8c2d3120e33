/**
 * What other services and applications may know of the ledger: its commands, what they take and give, and how they fail. Nothing here knows a database or a transport.
 */
@NullMarked
package io.betrue.examples.ledger.api;

import org.jspecify.annotations.NullMarked;
