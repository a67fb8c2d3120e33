package io.betrue.localservers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the program {@code nats-server}: the variable {@code NATS_SERVER}, the {@code PATH}, where Debian puts it, the
 * distribution's package. A missing program is an error: whoever needs it cannot go on without.
 */
final class NatsProgram {
    static final String VARIABLE = "NATS_SERVER";
    static final String NEWER = "NATS_SERVER_SCHEDULES";
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.");
    private static final int FIRST_WITH_SCHEDULES = 12; // of 2
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Map<NatsRelease, Path> FOUND = new EnumMap<>(NatsRelease.class);
    private static final Map<NatsRelease, String> FAILED = new EnumMap<>(NatsRelease.class);

    private final Map<String, String> environment;
    private final Path administration;
    private final Path helper;
    private final Path cache;
    private final boolean root;

    /**
     * @param environment of it, {@code NATS_SERVER}, {@code NATS_SERVER_SCHEDULES} and {@code PATH} are read
     * @param administration where programs are that ordinary users do not have on their {@code PATH}
     * @param helper apt-helper, which is on nobody's {@code PATH}; need not exist
     * @param cache where the package is unpacked to; need not exist
     * @param root whether this process may refresh the lists of packages
     */
    NatsProgram(Map<String, String> environment, Path administration, Path helper, Path cache, boolean root) {
        this.environment = Map.copyOf(environment);
        this.administration = administration;
        this.helper = helper;
        this.cache = cache;
        this.root = root;
    }

    /**
     * Finds it for this process, once. A failure is remembered: a second class would only wait for it again.
     *
     * @throws IllegalStateException if there is none, with what to do about it
     */
    static synchronized Path shared(NatsRelease release) {
        String failure = FAILED.get(release);
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        Path known = FOUND.get(release);
        if (known != null) {
            return known;
        }
        try {
            Path found = ofThisMachine().find(release);
            FOUND.put(release, found);
            return found;
        } catch (IllegalStateException e) {
            FAILED.put(release, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static NatsProgram ofThisMachine() {
        return new NatsProgram(
                System.getenv(),
                Path.of("/usr/sbin"),
                Path.of("/usr/lib/apt/apt-helper"),
                Path.of(System.getProperty("user.home"), ".cache", "betrue", "nats-server"),
                System.getProperty("user.name").equals("root"));
    }

    Path find(NatsRelease release) {
        return release == NatsRelease.USUAL ? find() : findNewer();
    }

    private Path find() {
        return installed().orElseGet(() -> {
            Optional<Path> get = onPath("apt-get");
            Optional<Path> unpack = onPath("dpkg-deb");
            if (get.isEmpty() || unpack.isEmpty()) {
                throw missing("this machine has no apt-get and dpkg-deb to fetch its package with");
            }
            try {
                NatsDownload download = NatsDownload.ofDistribution(get.get(), root);
                return new NatsPackage(download, unpack.get(), cache).program();
            } catch (NatsPackage.Failure e) {
                throw missing(e.getMessage());
            }
        });
    }

    private Path findNewer() {
        Optional<Path> given = given(NEWER);
        if (given.isPresent()) {
            if (!keepsSchedules(given.get())) {
                throw new IllegalStateException(
                        NEWER + " names " + given.get()
                                + ", which is no nats-server of 2.12 or later; name a newer one, or unset it to have one looked for");
            }
            return given.get();
        }
        return installed().filter(NatsProgram::keepsSchedules).orElseGet(() -> {
            Optional<Path> get = onPath("apt-get");
            Optional<Path> unpack = onPath("dpkg-deb");
            if (get.isEmpty() || unpack.isEmpty() || !isProgram(helper)) {
                throw missingNewer("this machine has no apt-get, " + helper + " and dpkg-deb to fetch a package with");
            }
            try {
                NatsDownload download = new NewerNatsDownload(get.get(), helper, System.getProperty("os.arch"));
                Path newer = cache.resolveSibling(cache.getFileName() + "-schedules");
                return new NatsPackage(download, unpack.get(), newer).program();
            } catch (NatsPackage.Failure e) {
                throw missingNewer(e.getMessage());
            }
        });
    }

    private Optional<Path> installed() {
        Path installed = administration.resolve("nats-server");
        return given(VARIABLE)
                .or(() -> onPath("nats-server"))
                .or(() -> Optional.of(installed).filter(NatsProgram::isProgram));
    }

    private Optional<Path> given(String variable) {
        String given = environment.getOrDefault(variable, "");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Path program = Path.of(given);
        if (!isProgram(program)) {
            throw new IllegalStateException(variable + " names " + given + ", which is not a program that can be run;"
                    + " give the path of nats-server, or unset it to have one looked for");
        }
        return Optional.of(program.toAbsolutePath());
    }

    /** {@return whether the program says that it is 2.12 or later} */
    private static boolean keepsSchedules(Path program) {
        Programs.Outcome answer = asked(program);
        Matcher version = VERSION.matcher(answer.output());
        if (!answer.succeeded() || !version.find()) {
            return false;
        }
        int major = Integer.parseInt(version.group(1));
        return major > 2 || (major == 2 && Integer.parseInt(version.group(2)) >= FIRST_WITH_SCHEDULES);
    }

    private static Programs.Outcome asked(Path program) {
        return Programs.run(Path.of("/"), ANSWER, List.of(program.toString(), "-v"));
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

    private static IllegalStateException missingNewer(@Nullable String why) {
        String version = NewerNatsDownload.VERSION;
        return new IllegalStateException("a nats-server of 2.12 or later is missing, neither in the variable " + NEWER
                + " nor where nats-server is, and " + why + "; download Debian's nats-server_" + version
                + "_amd64.deb or a later one, unpack it with `dpkg-deb -x nats-server_" + version
                + "_amd64.deb FOLDER`, and name FOLDER/usr/sbin/nats-server in " + NEWER);
    }
}
