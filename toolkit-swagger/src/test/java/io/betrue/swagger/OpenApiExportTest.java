package io.betrue.swagger;

import static io.betrue.schema.RouteParts.in;
import static io.betrue.schema.RouteParts.out;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.betrue.schema.SchemaRoutes;
import io.javalin.Javalin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenApiExportTest {
    /** An application as a user would name it on the command line. */
    public static final class Shop implements Supplier<Javalin> {
        @Override
        public Javalin get() {
            return app("{\"type\": \"integer\"}");
        }
    }

    /** An application that cannot be made. */
    public static final class Broken implements Supplier<Javalin> {
        @Override
        public Javalin get() {
            throw new IllegalArgumentException("two routes alike");
        }
    }

    /** One that lacks something. */
    public static final class Unmade implements Supplier<Javalin> {
        /** Fails. */
        public Unmade() {
            throw new IllegalStateException("no key");
        }

        @Override
        public Javalin get() {
            return Javalin.create();
        }
    }

    /** One that has no documents. */
    public static final class Bare implements Supplier<Javalin> {
        @Override
        public Javalin get() {
            return Javalin.create();
        }
    }

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @EnumSource(DocumentForm.class)
    void writesTheDocumentWithoutStartingTheApplication(DocumentForm form) throws IOException {
        String name = form.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        Path file = folder.resolve("openapi");
        assertThat(run(Shop.class.getName(), "--form", name, "--out", file.toString()))
                .isZero();
        assertThat(Files.readAllBytes(file))
                .isEqualTo(OpenApi.of(new Shop().get()).document(form));
        assertThat(run(Shop.class.getName(), "--form", name, "--out", file.toString(), "--check"))
                .isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void writesToTheStandardOutput() {
        assertThat(run(Shop.class.getName())).isZero();
        assertThat(out.toByteArray()).isEqualTo(OpenApi.of(new Shop().get()).document(DocumentForm.JSON_31));
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--check");
    }

    @Test
    void aChangeHasAVerdict() throws IOException {
        Path file = folder.resolve("openapi.json");
        assertThat(run(Shop.class.getName(), "--out", file.toString())).isZero();
        assertThat(check(app("{\"type\": \"number\"}"), file)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("is not up to date")
                .contains("not breaking: nothing");
        err.reset();
        assertThat(check(app("{\"type\": \"string\"}"), file)).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("breaking: the change can break a client")
                .contains("POST /orders, body no longer takes integer");
        assertThat(Files.readString(file)).contains("integer"); // a check writes nothing
    }

    @Test
    void aDocumentInYamlHasAVerdictToo() {
        Path file = folder.resolve("openapi.yaml");
        List<String> args = List.of("--form", "yaml-30", "--out", file.toString());
        assertThat(OpenApiExport.run(() -> app("{\"type\": \"integer\"}"), args, print(out), print(err)))
                .isZero();
        List<String> check = List.of("--form", "yaml-30", "--out", file.toString(), "--check");
        assertThat(OpenApiExport.run(() -> app("{\"type\": \"number\"}"), check, print(out), print(err)))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("not breaking: nothing")
                .doesNotContain("warning");
        assertThat(OpenApiExport.run(() -> app("{\"if\": {}}"), check, print(out), print(err)))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("warning: schema of POST /orders: OpenAPI 3.0 cannot say if, then and else");
    }

    @Test
    void wrongArgumentsAreExplained() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--out", "x")).isEqualTo(2);
        assertThat(run("com.acme.Nowhere")).isEqualTo(2);
        assertThat(run(String.class.getName())).isEqualTo(2);
        assertThat(run(Shop.class.getName(), "--check")).isEqualTo(2);
        assertThat(run(Shop.class.getName(), "--form", "xml")).isEqualTo(2);
        assertThat(run(Shop.class.getName(), "--form")).isEqualTo(2);
        assertThat(run(Shop.class.getName(), "--nothing")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the first argument is a class")
                .contains("class com.acme.Nowhere cannot be made")
                .contains("does not implement Supplier<Javalin>")
                .contains("--form must be json-31");
    }

    @Test
    void makesTheFoldersOfTheFile() throws IOException {
        Path file = folder.resolve("docs/api/openapi.json");
        assertThat(run(Shop.class.getName(), "--out", file.toString(), "--check"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot use " + file);
        assertThat(run(Shop.class.getName(), "--out", file.toString())).isZero();
        assertThat(Files.readAllBytes(file))
                .isEqualTo(OpenApi.of(new Shop().get()).document(DocumentForm.JSON_31));
        err.reset();
        assertThat(run(Shop.class.getName(), "--out", file.resolve("below").toString()))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot use ").contains("openapi.json");
    }

    @Test
    void aFileThatIsNoDocumentIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("openapi.json"), "{\"paths\": ");
        assertThat(run(Shop.class.getName(), "--out", file.toString(), "--check"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot use " + file);
    }

    @Test
    void failuresOfTheApplicationAreNoWrongArguments() {
        assertThatThrownBy(() -> run(Broken.class.getName()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two routes alike");
        assertThat(run(Unmade.class.getName())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the constructor of " + Unmade.class.getName()
                        + " fails: java.lang.IllegalStateException: no key");
        err.reset();
        assertThat(run(Bare.class.getName())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("the application has no SwaggerPlugin");
    }

    private static Javalin app(String body) {
        return Javalin.create(config -> {
            config.registerPlugin(new SwaggerPlugin(s -> s.title("Shop")));
            config.routes.addEndpoint(
                    SchemaRoutes.post("/orders", in(body), out(201, "{\"type\": \"object\"}"), ctx -> {}));
        });
    }

    private int check(Javalin app, Path file) {
        return OpenApiExport.run(() -> app, List.of("--out", file.toString(), "--check"), print(out), print(err));
    }

    private int run(String... args) {
        return OpenApiExport.run(Arrays.copyOf(args, args.length), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
