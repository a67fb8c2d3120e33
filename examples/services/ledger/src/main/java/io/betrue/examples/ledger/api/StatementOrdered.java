package io.betrue.examples.ledger.api;

/**
 * The answer to an order.
 *
 * @param job the number of the job that will send the statement
 * @param queued whether this order made the job; false when the same statement was on its way already
 */
public record StatementOrdered(String job, boolean queued) {}
