package io.betrue.jobs.daemon;

import io.betrue.jobs.JobException;
import io.betrue.jobs.Jobs;
import io.betrue.jobs.nats.NatsJobs;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection.Status;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs in NATS JetStream. Changes nothing of how streams are configured, except by {@link #migrate}. */
final class NatsBackend implements Backend {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBackend.class);
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final io.nats.client.Connection nats;
    private final Connection options;
    private @Nullable Jobs jobs;

    /** Connects; what was connected once is tried again for ever. */
    NatsBackend(Connection options) {
        this.options = options;
        this.nats = connect(options);
    }

    private static io.nats.client.Connection connect(Connection options) {
        try {
            return Nats.connect(dialled(options));
        } catch (AuthenticationException e) {
            throw new Unreachable("NATS does not let this user in", e, false);
        } catch (IOException e) { // without the address, in which there may be a password
            throw new Unreachable("NATS does not answer", e, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("interrupted while NATS was connected", e);
        }
    }

    private static Options dialled(Connection options) {
        Options.Builder builder = new Options.Builder()
                .connectionName("jobs " + options.namespace())
                .maxReconnects(-1)
                .reconnectWait(BETWEEN)
                .reconnectBufferSize(0)
                .errorListener(new Quiet());
        try {
            builder.server(options.url());
            String password = options.password();
            if (options.user() != null) {
                builder.userInfo(options.user(), password == null ? "" : password);
            } else if (password != null) {
                builder.token(password.toCharArray());
            }
            return builder.build();
        } catch (RuntimeException e) { // without the address, in which there may be a password
            throw new IllegalArgumentException("the --url is no address of NATS; it looks like nats://host:4222", e);
        }
    }

    /** What the library would write to standard error is for who looks closer. */
    private static final class Quiet implements ErrorListener {
        @Override
        public void exceptionOccurred(io.nats.client.@Nullable Connection connection, Exception failure) {
            LOG.debug("NATS", failure);
        }

        @Override
        public void errorOccurred(io.nats.client.Connection connection, String error) {
            LOG.warn("NATS says: {}", error);
        }
    }

    @Override
    public Jobs jobs() {
        Jobs known = jobs;
        if (known == null) {
            known = asked(() -> NatsJobs.create(
                    nats, config -> config.namespace(options.namespace()).asFound(nats)));
            jobs = known;
        }
        return known;
    }

    @Override
    public @Nullable DataSource dataSource() {
        return null;
    }

    @Override
    public int with(Function<Jobs, Integer> action) {
        return asked(() -> action.apply(jobs()));
    }

    @Override
    public void migrate(@Nullable Integer replicas) {
        asked(() -> {
            boolean there = isThere();
            try (Jobs made = NatsJobs.create(nats, config -> {
                config.namespace(options.namespace());
                if (there) {
                    config.asFound(nats);
                }
                if (replicas != null) {
                    config.replicas(replicas);
                }
            })) {
                return made.schedules().list(); // makes what is missing
            }
        });
    }

    private boolean isThere() {
        try {
            return !nats.jetStreamManagement()
                    .getStreamNames(options.namespace() + ".work.>")
                    .isEmpty();
        } catch (IOException | JetStreamApiException e) {
            throw new JobException("NATS did not show its streams: " + e.getMessage(), e);
        }
    }

    @Override
    public void check() {
        asked(() -> jobs().schedules().list());
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (JobException e) {
            if (nats.getStatus() != Status.CONNECTED) {
                throw new Unreachable("NATS does not answer", e, true);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (jobs != null) {
            jobs.close();
        }
        try {
            nats.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
