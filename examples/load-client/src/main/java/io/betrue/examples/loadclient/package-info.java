/** Makes load on a running application and checks its books. */
@NullMarked
package io.betrue.examples.loadclient;

import org.jspecify.annotations.NullMarked;
