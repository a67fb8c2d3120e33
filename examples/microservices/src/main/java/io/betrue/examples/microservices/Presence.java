package io.betrue.examples.microservices;

import io.betrue.commands.nats.NatsCommands;
import io.betrue.commands.nats.NatsService;
import io.betrue.errors.ProblemException;
import io.nats.client.Connection;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second who is there. Safe for use by multiple threads. */
final class Presence {
    private static final Logger log = LoggerFactory.getLogger(Presence.class);

    private final Connection connection;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Set<String> there = Set.of();

    Presence(Connection connection) {
        this.connection = connection;
    }

    /** Looks until {@link #end}. */
    void look() throws InterruptedException {
        do {
            Set<String> found = ask();
            if (!found.equals(there)) {
                log.info("Services that answer: {}", found);
                there = found;
            }
        } while (!ended.await(1, TimeUnit.SECONDS));
    }

    private Set<String> ask() {
        try {
            return NatsCommands.discover(connection).stream()
                    .map(NatsService::name)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (ProblemException e) {
            log.debug("nobody can be asked", e);
            return Set.of();
        }
    }

    /** {@return the services of which no instance has answered, in the order of the alphabet} */
    String missing() {
        Set<String> found = there;
        return Service.ALL.stream()
                .map(Service::code)
                .filter(name -> !found.contains(name))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    void end() {
        ended.countDown();
    }
}
