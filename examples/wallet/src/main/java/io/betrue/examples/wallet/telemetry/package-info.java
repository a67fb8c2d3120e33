/**
 * What can be seen of a process of the wallet from outside: metrics for Prometheus, traces and metrics for a collector that speaks OTLP, ids of traces in the log. Nothing is started, and nothing
 * measured, unless settings ask for it.
 */
@NullMarked
package io.betrue.examples.wallet.telemetry;

import org.jspecify.annotations.NullMarked;
