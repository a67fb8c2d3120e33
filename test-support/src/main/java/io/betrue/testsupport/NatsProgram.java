package io.betrue.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the program {@code nats-server}: the variable {@code NATS_SERVER}, the {@code PATH}, where Debian puts it, the
 * distribution's package. A missing program is an error: no test is skipped for it.
 */
final class NatsProgram {
    static final String VARIABLE = "NATS_SERVER";

    private static @Nullable Path shared;
    private static @Nullable String failure;

    private final Map<String, String> environment;
    private final Path administration;
    private final Path cache;
    private final boolean root;

    /**
     * @param environment of it, {@code NATS_SERVER} and {@code PATH} are read
     * @param administration where programs are that ordinary users do not have on their {@code PATH}
     * @param cache where the package is unpacked to; need not exist
     * @param root whether this process may refresh the lists of packages
     */
    NatsProgram(Map<String, String> environment, Path administration, Path cache, boolean root) {
        this.environment = Map.copyOf(environment);
        this.administration = administration;
        this.cache = cache;
        this.root = root;
    }

    /**
     * Finds it for this process, once. A failure is remembered: a second class would only wait for it again.
     *
     * @throws IllegalStateException if there is none, with what to do about it
     */
    static synchronized Path shared() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (shared == null) {
            try {
                shared = ofThisMachine().find();
            } catch (IllegalStateException e) {
                failure = e.getMessage();
                throw e;
            }
        }
        return shared;
    }

    private static NatsProgram ofThisMachine() {
        return new NatsProgram(
                System.getenv(),
                Path.of("/usr/sbin"),
                Path.of(System.getProperty("user.home"), ".cache", "betrue", "nats-server"),
                System.getProperty("user.name").equals("root"));
    }

    Path find() {
        String given = environment.getOrDefault(VARIABLE, "");
        if (!given.isEmpty()) {
            Path program = Path.of(given);
            if (!isProgram(program)) {
                throw new IllegalStateException(
                        VARIABLE + " names " + given + ", which is not a program that can be run;"
                                + " give the path of nats-server, or unset it to have one looked for");
            }
            return program.toAbsolutePath();
        }
        Path installed = administration.resolve("nats-server");
        return onPath("nats-server").orElseGet(() -> isProgram(installed) ? installed : ofPackage());
    }

    private Path ofPackage() {
        Optional<Path> get = onPath("apt-get");
        Optional<Path> unpack = onPath("dpkg-deb");
        if (get.isEmpty() || unpack.isEmpty()) {
            throw missing("this machine has no apt-get and dpkg-deb to fetch its package with");
        }
        try {
            return new NatsPackage(get.get(), unpack.get(), cache, root).program();
        } catch (NatsPackage.Failure e) {
            throw missing(e.getMessage());
        }
    }

    private Optional<Path> onPath(String program) {
        return Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program).toAbsolutePath())
                .filter(NatsProgram::isProgram)
                .findFirst();
    }

    static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static IllegalStateException missing(@Nullable String why) {
        return new IllegalStateException(
                "the program nats-server is missing, neither on the PATH nor in /usr/sbin, and "
                        + why
                        + "; install it with `sudo apt-get install nats-server` (the service that Debian starts with it is"
                        + " not needed: `sudo systemctl disable --now nats-server`), or name one in the variable "
                        + VARIABLE);
    }
}
