/**
 * What the wallet is, however it is composed: its settings, failures and contracts, its doors and pages, its way to a database. {@code examples/monolith} and {@code
 * examples/microservices} are two compositions of it.
 */
@NullMarked
package io.betrue.examples.wallet;

import org.jspecify.annotations.NullMarked;
