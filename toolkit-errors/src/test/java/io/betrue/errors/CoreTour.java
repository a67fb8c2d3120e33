package io.betrue.errors;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A program that uses everything but the plugin; started without Javalin by {@link WithoutJavalinIT}. */
final class CoreTour {
    private static final List<String> OPTIONAL =
            List.of("io/javalin", "jakarta/servlet", "org/eclipse/jetty", "org/slf4j", "kotlin/");

    private CoreTour() {}

    public static void main(String[] args) throws Exception {
        ErrorCatalogue catalogue = ErrorCatalogue.of(ShopError.values());
        byte[] body = ShopError.OUT_OF_STOCK
                .problem()
                .with("left", 3)
                .error(FieldError.body("/amount", "TOO_LARGE").with("maximum", 3))
                .build()
                .toJson();
        Problem problem = catalogue.localise(catalogue.parse(body), "ru").problem();
        System.out.println(problem.toException().code());
        System.out.println(catalogue.code(WebSocketClose.of(problem)) + " " + catalogue.code(NatsError.of(problem)));
        System.out.println(catalogue.toHtml(problem.code()).length() > 100
                && catalogue.verify().size() == 3);
        System.out.println(loadClasses(Path.of(args[0])) + " classes");
        System.out.println(isPresent("io.javalin.Javalin")
                || isPresent("org.slf4j.Logger")
                || isPresent("org.jspecify.annotations.Nullable"));
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
        try (Stream<Path> all = Files.walk(root.resolve("io/betrue/errors"))) {
            files = all.filter(file -> file.toString().endsWith(".class")).toList();
        }
        int loaded = 0;
        for (Path file : files) {
            String constants = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
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

    private static boolean isPresent(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
