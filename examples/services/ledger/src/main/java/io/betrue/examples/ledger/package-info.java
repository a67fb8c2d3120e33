/** Whose money is where: a double-entry journal. */
@NullMarked
package io.betrue.examples.ledger;

import org.jspecify.annotations.NullMarked;
