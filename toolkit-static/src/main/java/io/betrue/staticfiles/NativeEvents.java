package io.betrue.staticfiles;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of the system: inotify on Linux, ReadDirectoryChangesW on Windows. Where they end, this turns deaf and says so once. */
final class NativeEvents implements ChangeEvents {
    private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);

    private final WatchService service;
    private final List<Places.Place> places;
    private final Registrar registrar;
    private final Map<Path, Followed> followed = new HashMap<>();
    private final Deaf deaf = new Deaf();
    private Set<Path> inside = Set.of();
    private boolean broken;

    private record Followed(WatchKey key, @Nullable Object inode) {}

    /** Asks the system for the events of a directory. */
    interface Registrar {
        WatchKey register(Path directory, WatchService service) throws IOException;
    }

    NativeEvents(WatchService service, List<Places.Place> places, Registrar registrar) {
        this.service = service;
        this.places = places;
        this.registrar = registrar;
    }

    /** {@return the events of the system, or deafness where it has none} */
    static ChangeEvents of(List<Places.Place> places) {
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            if (service.getClass().getSimpleName().startsWith("Polling")) {
                // The JDK itself looks every ten seconds here (macOS): our own looking is faster and needs no thread.
                service.close();
                return new Deaf();
            }
            return new NativeEvents(
                    service, places, (path, events) -> path.register(events, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY));
        } catch (IOException | UnsupportedOperationException e) {
            warn(e);
            return new Deaf();
        }
    }

    @Override
    public boolean await(Duration longest) throws InterruptedException {
        if (broken) {
            return deaf.await(longest);
        }
        long end = System.nanoTime() + longest.toNanos();
        try {
            do {
                WatchKey key = service.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (key != null && matters(key)) {
                    return true;
                }
            } while (System.nanoTime() - end < 0);
            return false;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    private boolean matters(WatchKey key) {
        Path directory = (Path) key.watchable();
        boolean matters = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            // An overflow has no name: events were lost, so anything may have changed.
            matters |= !(event.context() instanceof Path name) || matters(directory, name);
        }
        return !key.reset() || matters;
    }

    private boolean matters(Path directory, Path name) {
        Path path = directory.resolve(name);
        for (Places.Place place : places) {
            boolean top = path.equals(place.absolute());
            // Kubernetes swaps a link called ..data.
            if (top || (inside.contains(directory) && (place.shows(name.toString()) || name.startsWith("..data")))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean follow(Set<Path> directories) {
        if (broken) {
            return false;
        }
        inside = directories;
        Set<Path> all = new HashSet<>(directories);
        // A root that is deleted, or a link that is turned elsewhere, is an event of the directory above.
        places.forEach(place -> all.add(place.absolute().getParent()));
        all.remove(null);
        boolean more = false;
        try {
            for (Path directory : all) {
                more |= follow(directory);
            }
        } catch (IOException e) {
            broken = true;
            warn(e);
            closeService();
        } catch (ClosedWatchServiceException e) {
            return false;
        }
        drop(all);
        return more;
    }

    private boolean follow(Path directory) throws IOException {
        Followed before = followed.get(directory);
        try {
            Object inode =
                    Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
            if (before != null && before.key().isValid() && Objects.equals(inode, before.inode())) {
                return false;
            }
            if (before != null) {
                before.key().cancel();
            }
            WatchKey key = registrar.register(directory, service);
            followed.put(directory, new Followed(key, inode));
            return true;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false; // gone again: the event of its parent is on the way
        } catch (ProviderMismatchException e) {
            return false; // of another file system, such as an open zip file: it is only looked at
        }
    }

    private void drop(Set<Path> kept) {
        followed.entrySet().removeIf(entry -> {
            boolean gone = !kept.contains(entry.getKey());
            if (gone) {
                entry.getValue().key().cancel();
            }
            return gone;
        });
    }

    private static void warn(Exception cause) {
        LOG.warn(
                "changes of static files are noticed by looking only, as the system gives no events: {}; on Linux raise "
                        + "fs.inotify.max_user_watches or max_user_instances",
                cause.getMessage());
    }

    @Override
    public void close() {
        deaf.close();
        closeService();
    }

    private void closeService() {
        try {
            service.close();
        } catch (IOException e) {
            LOG.debug("the events of the system could not be closed", e);
        }
    }
}
