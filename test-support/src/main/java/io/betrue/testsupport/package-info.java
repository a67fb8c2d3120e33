/** Real servers for tests. */
@NullMarked
package io.betrue.testsupport;

import org.jspecify.annotations.NullMarked;
