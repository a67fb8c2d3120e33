/** Commands behind a gateway, beside the same ones served locally and behind moleculer-web; and what faults do to them. */
@NullMarked
package io.betrue.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
