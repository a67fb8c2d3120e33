package io.betrue.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The database files of one folder, and the programs that fit them. */
final class Cluster {
    /** Name of the only role. */
    static final String USER = "postgres";

    private static final List<String> UNSAFE_BUT_FAST =
            List.of("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off");

    private final DataFolder folder;
    private final PostgresBinaries binaries;
    private final ServerUser user;

    private Cluster(DataFolder folder, PostgresBinaries binaries, ServerUser user) {
        this.folder = folder;
        this.binaries = binaries;
        this.user = user;
    }

    /** Makes the folder ready for a start: programs, database files, nobody else at work on them. */
    static Cluster prepare(DataFolder folder, boolean kept, Duration patience) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.unpackInto(folder.path());
        Leftover.stop(folder.cluster(), patience);
        Leftover.stop(folder.unfinishedCluster(), patience);
        Cluster cluster = new Cluster(folder, binaries, ServerUser.of(folder.path()));
        if (!Files.exists(folder.cluster())) {
            cluster.create(kept);
        }
        return cluster;
    }

    private void create(boolean kept) throws IOException {
        Path fresh = folder.unfinishedCluster();
        DataFolder.deleteTree(fresh); // of a process that died half-way
        List<String> initdb = new ArrayList<>(List.of(binaries.program("initdb"), "-D", fresh.toString()));
        initdb.addAll(List.of("-U", USER, "--auth=scram-sha-256", "--pwfile=" + folder.passwordFile()));
        initdb.addAll(List.of("--encoding=UTF8", "--locale=C", "--no-instructions"));
        if (!kept) {
            initdb.add("--no-sync");
        }
        Programs.Outcome outcome = Programs.run(folder.path(), user.command(initdb));
        if (!outcome.succeeded()) {
            throw new EmbeddedPostgresException(
                    "the database files cannot be created in " + folder.path() + "; initdb said: " + outcome.output());
        }
        Files.move(fresh, folder.cluster(), StandardCopyOption.ATOMIC_MOVE);
    }

    Postmaster launch(int port, boolean kept) throws IOException {
        List<String> server = new ArrayList<>(OwnSession.prefix());
        server.addAll(
                List.of(binaries.program("postgres"), "-D", folder.cluster().toString()));
        server.addAll(List.of("-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1"));
        server.addAll(List.of("-c", "unix_socket_directories=", "-c", "max_connections=100"));
        server.addAll(List.of("-c", "timezone=UTC", "-c", "log_min_messages=log", "-c", "log_checkpoints=off"));
        server.addAll(kept ? List.of("-c", "fsync=on", "-c", "synchronous_commit=on") : UNSAFE_BUT_FAST);
        return Postmaster.launch(user.command(server), folder.cluster(), folder.log());
    }
}
