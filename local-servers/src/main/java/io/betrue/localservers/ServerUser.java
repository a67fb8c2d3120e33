package io.betrue.localservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user that the server's programs run as: PostgreSQL refuses to be root.
 *
 * <p>An ordinary user needs nothing. For root, who is often root in a container, there are two ways: a user namespace
 * in which root is nobody and yet owns its files ({@code unshare}), or truly another user ({@code setpriv}), to whom
 * the folder then belongs. A folder that belongs to an ordinary user is left to that user.
 */
final class ServerUser {
    private static final Logger log = LoggerFactory.getLogger(ServerUser.class);
    private static final int NOBODY = 65534;

    private final List<String> prefix;

    private ServerUser(List<String> prefix) {
        this.prefix = prefix;
    }

    /**
     * Chooses the user for the server of a folder, and gives the folder to that user where needed.
     *
     * @throws EmbeddedPostgresException if this process is root and cannot become anyone else
     */
    static ServerUser of(Path folder) throws IOException {
        if (!Programs.run(folder, List.of("id", "-u")).output().equals("0")) {
            return new ServerUser(List.of());
        }
        int owner = (Integer) Files.getAttribute(folder, "unix:uid");
        if (owner == 0 && Programs.run(folder, List.of("unshare", "-U", "true")).succeeded()) {
            return new ServerUser(List.of("unshare", "-U"));
        }
        int user = owner == 0 ? NOBODY : owner;
        int group = owner == 0 ? NOBODY : (Integer) Files.getAttribute(folder, "unix:gid");
        List<String> prefix =
                List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups", "--inh-caps=-all");
        Programs.Outcome tried = Programs.run(folder, join(prefix, List.of("ls", "-d", folder.toString())));
        if (!tried.succeeded()) {
            throw new EmbeddedPostgresException("PostgreSQL refuses to run as root, and user " + user
                    + " cannot stand in for it in " + folder + " (" + tried.output()
                    + "); start this program as an ordinary user, choose a folder that everyone may enter,"
                    + " or give the address of a server of yours");
        }
        give(folder, user, group);
        log.info("PostgreSQL runs as user {}, who owns {}", user, folder);
        return new ServerUser(prefix);
    }

    private static void give(Path folder, int user, int group) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    List<String> command(List<String> program) {
        return join(prefix, program);
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
