/**
 * Who a user is: registration, sign-in, and the tokens that prove it afterwards.
 *
 * <p>{@link io.betrue.examples.accounts.Accounts} is the way in; {@link io.betrue.examples.accounts.Tokens} stands alone, for
 * whoever only checks a token. The package knows no transport and no other service: an application hands in a data source,
 * options, a clock and a source of randomness, and gets records back or a problem thrown. It owns the PostgreSQL schema
 * {@code accounts} and nothing outside it.
 */
@NullMarked
package io.betrue.examples.accounts;

import org.jspecify.annotations.NullMarked;
