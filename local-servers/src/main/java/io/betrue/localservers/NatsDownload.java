package io.betrue.localservers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Brings a package of {@code nats-server}. */
@FunctionalInterface
interface NatsDownload {
    Duration LIMIT = Duration.ofMinutes(3);

    /**
     * Leaves one file that ends in {@code .deb}.
     *
     * @param work an empty folder, also for whatever is needed on the way
     * @throws NatsPackage.Failure if there is none, with why
     */
    void to(Path work) throws NatsPackage.Failure;

    /** {@return the package of this machine's release} By apt-get; where lists of packages are missing, as in a fresh container, root may fetch them. */
    static NatsDownload ofDistribution(Path get, boolean root) {
        return work -> {
            Programs.Outcome result = Programs.run(work, LIMIT, List.of(get.toString(), "download", "nats-server"));
            if (!result.succeeded() && root) {
                Programs.Outcome lists = Programs.run(work, LIMIT, List.of(get.toString(), "update"));
                if (!lists.succeeded()) {
                    throw NatsPackage.failed("apt-get update", lists);
                }
                result = Programs.run(work, LIMIT, List.of(get.toString(), "download", "nats-server"));
            }
            if (!result.succeeded()) {
                throw NatsPackage.failed("apt-get download nats-server", result);
            }
        };
    }
}
