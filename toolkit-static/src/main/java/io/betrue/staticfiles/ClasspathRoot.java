package io.betrue.staticfiles;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A folder of the class path: of its directories and its jars. */
final class ClasspathRoot extends StaticRoot {
    private final ClassLoader loader;
    private final String folder;

    ClasspathRoot(ClassLoader loader, String folder) {
        if (!FilePaths.isPlain(folder)) {
            throw new IllegalArgumentException("folder \"" + folder
                    + "\" of the class path must look like web or META-INF/resources: names, no slash at either end");
        }
        this.loader = loader;
        this.folder = folder;
    }

    @Override
    List<SourceFile> scan(boolean hidden) throws IOException {
        List<URL> places = Collections.list(loader.getResources(folder));
        if (places.isEmpty()) {
            throw new FileNotFoundException("no directory or jar of the class path has a folder \"" + folder
                    + "\"; add it, or name one that is there");
        }
        Map<String, SourceFile> found = new TreeMap<>();
        for (URL place : places) {
            for (SourceFile file : files(place, hidden)) {
                found.putIfAbsent(file.path(), file);
            }
            if (found.size() > MOST_FILES) {
                throw new IOException(this + " holds more than " + MOST_FILES + " files; mount a part of it");
            }
        }
        return new ArrayList<>(found.values());
    }

    private static List<SourceFile> files(URL place, boolean hidden) throws IOException {
        try {
            if (!place.getProtocol().equals("jar")) {
                return new DirectoryRoot(Path.of(place.toURI())).scan(hidden);
            }
            // the connection only takes the address apart; it is never connected
            JarURLConnection address = (JarURLConnection) place.openConnection();
            URI jar = address.getJarFileURL().toURI();
            return JarEntryFile.scan(Path.of(jar), address.getEntryName(), hidden);
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException(
                    place + " is neither in a directory nor in a jar of its own; files are not read from there", e);
        }
    }

    @Override
    Optional<Path> watched() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return "class path " + folder;
    }
}
