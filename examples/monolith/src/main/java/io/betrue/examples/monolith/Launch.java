package io.betrue.examples.monolith;

/**
 * What the command line asks for.
 *
 * @param ephemeral whether the application's own database is thrown away at the end
 */
record Launch(boolean ephemeral) {}
