package io.betrue.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Debian's newest package of {@code nats-server}, by apt's own programs and without root, from the archives of Debian that this machine is configured with.
 * First one file with a known SHA-256; it leaves the archive when a newer comes, so then the newest of all is taken, which apt checks by Debian's signatures.
 */
final class NewerNatsDownload implements NatsDownload {
    static final String VERSION = "2.15.1-1";
    /** By the names that the JVM has for architectures: Debian's name, and the SHA-256 of the file. */
    private static final Map<String, List<String>> KNOWN = Map.of(
            "amd64", List.of("amd64", "31ef4ceaa84e8248d449e508472e3770c17c3695cb5cb0ee96e03912724ea884"),
            "aarch64", List.of("arm64", "68923b614b6b5594bbd63ffdce7258c2155ec448fb4cb7efd099bf9273eca128"));

    private static final Pattern ARCHIVE = Pattern.compile("'(https?://[^']*/debian)/dists/");
    private static final Path KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

    private final Path get;
    private final Path helper;
    private final String architecture;

    /**
     * @param get apt-get
     * @param helper apt-helper
     * @param architecture as the JVM calls it
     */
    NewerNatsDownload(Path get, Path helper, String architecture) {
        this.get = get;
        this.helper = helper;
        this.architecture = architecture;
    }

    @Override
    public void to(Path work) throws NatsPackage.Failure {
        List<String> archives = archives(work);
        List<String> failures = new ArrayList<>();
        List<String> known = KNOWN.getOrDefault(architecture, List.of());
        for (String archive : known.isEmpty() ? List.<String>of() : archives) {
            String file = "nats-server_" + VERSION + '_' + known.get(0) + ".deb";
            if (download(work, archive + "/pool/main/n/nats-server/" + file, file, known.get(1), failures)) {
                return;
            }
        }
        for (String archive : archives) {
            if (newest(work, archive, failures)) {
                return;
            }
        }
        throw new NatsPackage.Failure(String.join("; ", failures));
    }

    /** {@return where apt would look for lists of Debian's packages} It says so without any list, and without looking. */
    private List<String> archives(Path work) throws NatsPackage.Failure {
        Programs.Outcome result = Programs.run(work, LIMIT, List.of(get.toString(), "update", "--print-uris"));
        List<String> found = ARCHIVE.matcher(result.output())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        if (found.isEmpty()) {
            throw new NatsPackage.Failure("apt-get knows no archive of Debian (" + result.output() + ")");
        }
        return found;
    }

    private boolean download(Path work, String address, String file, String sum, List<String> failures) {
        Programs.Outcome result = Programs.run(
                work,
                LIMIT,
                List.of(
                        helper.toString(),
                        "-o",
                        "Acquire::Retries=2",
                        "download-file",
                        address,
                        work.resolve(file).toString(),
                        "SHA256:" + sum));
        return isGood("apt-helper download-file " + address, result, failures);
    }

    private boolean newest(Path work, String archive, List<String> failures) {
        try {
            Path apt = Files.createTempDirectory(work, "apt");
            Files.createDirectories(apt.resolve("lists/partial"));
            Files.createDirectories(apt.resolve("cache/archives/partial"));
            Files.createFile(apt.resolve("status"));
            Files.writeString(apt.resolve("sources.list"), "deb [signed-by=" + KEYS + "] " + archive + " sid main\n");
            return isGood("apt-get update", apt(work, apt, "update"), failures)
                    && isGood("apt-get download nats-server", apt(work, apt, "download", "nats-server"), failures);
        } catch (IOException e) {
            failures.add("lists of packages could not be kept (" + e + ")");
            return false;
        }
    }

    /** With lists and sources of its own, so that the machine's stay as they are. */
    private Programs.Outcome apt(Path work, Path apt, String... words) {
        List<String> command = new ArrayList<>(List.of(
                get.toString(),
                "-o",
                "Dir::Etc::sourcelist=" + apt.resolve("sources.list"),
                "-o",
                "Dir::Etc::sourceparts=/dev/null",
                "-o",
                "Dir::State::lists=" + apt.resolve("lists"),
                "-o",
                "Dir::State::status=" + apt.resolve("status"),
                "-o",
                "Dir::Cache=" + apt.resolve("cache"),
                "-o",
                "Acquire::Languages=none"));
        command.addAll(List.of(words));
        return Programs.run(work, LIMIT, command);
    }

    private static boolean isGood(String what, Programs.Outcome result, List<String> failures) {
        if (!result.succeeded()) {
            failures.add(NatsPackage.failed(what, result).getMessage());
        }
        return result.succeeded();
    }
}
