/**
 * Real servers for our own tests; never published.
 *
 * <p>{@link io.betrue.testsupport.TestDatabase} is the way in: one PostgreSQL for a test run, a fresh database for each class.
 * For NATS it is {@link io.betrue.testsupport.TestNats}, one server for a test run; {@link io.betrue.testsupport.NatsNode} and
 * {@link io.betrue.testsupport.NatsCluster} are servers of a test's own, to be harmed.
 * {@link io.betrue.testsupport.WalletApplication} is a packaged example in processes of its own.
 */
@NullMarked
package io.betrue.testsupport;

import org.jspecify.annotations.NullMarked;
