package io.betrue.examples.ledger.api;

/**
 * A currency that accounts can be kept in.
 *
 * @param code its name, as in {@code EUR}
 * @param scale how many digits an amount has after the point; 0 to 18
 * @param name its name for people, in English
 */
public record Currency(String code, int scale, String name) {}
