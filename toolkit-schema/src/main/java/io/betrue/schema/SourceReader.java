package io.betrue.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds schema files: those whose names end in {@code .json} and do not start with a dot, nor does a folder of theirs; at most 10,000 of at most 10 MB each. */
final class SourceReader {
    static final int MOST_FILES = 10_000;
    static final int LARGEST_FILE = 10 << 20;

    private static final int DEEPEST_FOLDER = 32;

    private SourceReader() {}

    /** {@return the files of a directory and of those in it, in the order of their names} */
    static List<Source> directory(Path root, Faults faults) {
        return new ArrayList<>(directory(root, root.toString(), faults).values());
    }

    /** {@return the files of a folder of the class path, in the order of their names; the first of a name wins} */
    static List<Source> classPath(ClassLoader loader, String folder, Faults faults) {
        Map<String, Source> found = new TreeMap<>();
        try {
            List<URL> places = Collections.list(loader.getResources(folder));
            if (places.isEmpty()) {
                faults.add("class path " + folder, "no directory or jar of the class path has this folder");
            }
            for (URL place : places) {
                place(place, folder, faults).forEach(found::putIfAbsent);
            }
        } catch (IOException e) {
            faults.add("class path " + folder, "cannot be read: " + e);
        }
        return new ArrayList<>(found.values());
    }

    private static Map<String, Source> place(URL place, String folder, Faults faults) throws IOException {
        try {
            if (!place.getProtocol().equals("jar")) {
                return directory(Path.of(place.toURI()), folder, faults);
            }
            // the connection only takes the address apart; it is never connected
            JarURLConnection address = (JarURLConnection) place.openConnection();
            return jar(Path.of(address.getJarFileURL().toURI()), address.getEntryName(), folder, faults);
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException(place + " is neither in a directory nor in a jar of its own", e);
        }
    }

    private static Map<String, Source> directory(Path root, String shown, Faults faults) {
        Map<String, Source> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root, DEEPEST_FOLDER)) {
            Path real = root.toRealPath();
            for (Path file : (Iterable<Path>) files::iterator) {
                String path = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                if (!isSchema(path) || !Files.isRegularFile(file)) {
                    continue;
                }
                if (file.toRealPath().startsWith(real)) {
                    add(found, path, shown, Files.size(file), () -> Files.newInputStream(file), faults);
                } else {
                    faults.add(shown + "/" + path, "is a link to a file outside the directory; put the file there");
                }
            }
        } catch (IOException | UncheckedIOException e) {
            faults.add(shown, "cannot be read: " + e);
        }
        return found;
    }

    private static Map<String, Source> jar(Path jar, String entry, String shown, Faults faults) throws IOException {
        String prefix = entry.endsWith("/") ? entry : entry + "/";
        Map<String, Source> found = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry one = all.nextElement();
                String name = one.getName();
                if (!one.isDirectory() && name.startsWith(prefix) && isSchema(name.substring(prefix.length()))) {
                    String path = name.substring(prefix.length());
                    add(found, path, shown, one.getSize(), () -> zip.getInputStream(one), faults);
                }
            }
        }
        return found;
    }

    private static boolean isSchema(String path) {
        boolean hidden = path.startsWith(".") || path.contains("/.");
        return !hidden && path.toLowerCase(Locale.ROOT).endsWith(".json");
    }

    private static void add(Map<String, Source> found, String path, String shown, long size, Bytes bytes, Faults faults)
            throws IOException {
        String file = shown + "/" + path;
        if (found.size() >= MOST_FILES) {
            faults.add(shown, "holds more than " + MOST_FILES + " schemas; name a part of it");
            throw new IOException("too many files");
        }
        if (size > LARGEST_FILE) {
            faults.add(file, "has " + size + " bytes, more than the " + LARGEST_FILE + " that a schema may have");
            return;
        }
        String name = path.substring(0, path.length() - ".json".length());
        try (InputStream stream = bytes.open()) {
            byte[] content = stream.readNBytes(LARGEST_FILE);
            found.put(name, new Source(name, file, null, decode(content)));
        } catch (CharacterCodingException e) {
            faults.add(file, "is not UTF-8");
        }
    }

    private static String decode(byte[] content) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content))
                .toString();
    }

    /** Bytes that can be opened. */
    @FunctionalInterface
    private interface Bytes {
        InputStream open() throws IOException;
    }
}
