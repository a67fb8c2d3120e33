/**
 * Real servers for our own tests; never published.
 *
 * <p>{@link io.betrue.testsupport.TestDatabase} is the way in: one PostgreSQL for a test run, a fresh database for each class.
 */
@NullMarked
package io.betrue.testsupport;

import org.jspecify.annotations.NullMarked;
