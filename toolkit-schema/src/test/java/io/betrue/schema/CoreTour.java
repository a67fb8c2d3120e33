package io.betrue.schema;

import io.betrue.errors.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A program that uses the core; started without Javalin by {@link WithoutJavalinIT}. */
final class CoreTour {
    private static final List<String> OPTIONAL = List.of(
            "io/javalin", "jakarta/", "org/eclipse/jetty", "org/slf4j", "kotlin/", "io/betrue/schema/RouteSchema");

    private CoreTour() {}

    public static void main(String[] args) throws Exception {
        Schemas schemas = Schemas.load(config ->
                config.json("order", "{\"type\": \"object\", \"properties\": {\"amount\": {\"minimum\": 1}}}"));
        System.out.println(schemas.get("order").read("{\"amount\": 2}"));
        try {
            schemas.get("order").read("{\"amount\": 0}");
        } catch (ProblemException e) {
            System.out.println(e.problem().errors().get(0).at());
        }
        System.out.println(SchemaRef.of("order").in(schemas).name());
        System.out.println(loadClasses(Path.of(args[0])));
    }

    /** Loads and links every class of the module that names no optional library itself. */
    private static int loadClasses(Path jar) throws IOException, ClassNotFoundException {
        if (Files.isDirectory(jar)) {
            return loadBelow(jar);
        }
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            return loadBelow(files.getPath("/"));
        }
    }

    private static int loadBelow(Path root) throws IOException, ClassNotFoundException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root.resolve("io/betrue/schema"))) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        int loaded = 0;
        for (Path file : files) {
            String constants = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            String name = root.relativize(file)
                    .toString()
                    .replace('\\', '/')
                    .replace('/', '.')
                    .replaceAll("\\.class$", "");
            if (OPTIONAL.stream().noneMatch(constants::contains) && !name.endsWith("package-info")) {
                Objects.requireNonNull(Class.forName(name).getDeclaredMethods());
                loaded++;
            }
        }
        return loaded;
    }
}
