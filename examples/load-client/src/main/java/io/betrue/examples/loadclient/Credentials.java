package io.betrue.examples.loadclient;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** What is needed to sign in as a user of a run. */
record Credentials(String id, String email, String password) {

    /** Does not say the password. */
    @Override
    public String toString() {
        return email;
    }

    /** {@return the file with the credentials of a history's users: beside it, {@code .users} at the end of its name} */
    static Path fileFor(Path history) {
        return history.resolveSibling(history.getFileName() + ".users");
    }

    /** Writes a new file that only its owner may read. */
    static void write(Path file, List<Credentials> users) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(file, options, owner)) {
            channel.write(java.nio.charset.StandardCharsets.UTF_8.encode(Json.write(users)));
        }
    }

    /** {@return the credentials in a file that {@link #write} made} */
    static List<Credentials> read(Path file) throws IOException {
        return List.of(Json.read(Files.readString(file), Credentials[].class));
    }
}
