/** Jobs kept in NATS JetStream. Start with {@link io.betrue.jobs.nats.NatsJobs}. */
@NullMarked
package io.betrue.jobs.nats;

import org.jspecify.annotations.NullMarked;
