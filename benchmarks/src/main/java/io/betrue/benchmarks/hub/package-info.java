/** What the hub of toolkit-commands costs: its events over two nodes, and idle connections. */
@NullMarked
package io.betrue.benchmarks.hub;

import org.jspecify.annotations.NullMarked;
