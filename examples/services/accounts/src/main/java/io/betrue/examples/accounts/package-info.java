/** Who a user is: registration and sign-in. */
@NullMarked
package io.betrue.examples.accounts;

import org.jspecify.annotations.NullMarked;
