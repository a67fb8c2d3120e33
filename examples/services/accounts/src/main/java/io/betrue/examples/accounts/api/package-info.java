/**
 * What other services and applications may know of accounts: the commands, what they take and give, and how they fail. Nothing here knows a database or a transport.
 */
@NullMarked
package io.betrue.examples.accounts.api;

import org.jspecify.annotations.NullMarked;
