package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.config.ConfigDocs;
import io.betrue.examples.wallet.DatabaseAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What can be said of the compose file without Docker: nobody has built an image of it here. */
class ComposeTest {
    private static final Path ROOT = Path.of("../..");
    private static final Map<String, Class<?>> OURS = Map.of(
            "gateway", GatewayConfig.class,
            "accounts", AccountsRoleConfig.class,
            "ledger", LedgerRoleConfig.class,
            "chat", ChatRoleConfig.class,
            "files", FilesRoleConfig.class,
            "jobs", JobsRoleConfig.class,
            "migrate", MigrateConfig.class);

    private final Map<String, Object> compose = compose();

    @Test
    void startsEveryRoleWithItsCommand() {
        OURS.keySet().forEach(role -> assertThat(service(role).get("command")).isEqualTo(List.of(role)));
    }

    @Test
    void namesNoSettingThatTheRoleDoesNotHave() {
        OURS.forEach((role, settings) -> {
            String documented = documentationOf(settings);
            map(service(role).get("environment"))
                    .keySet()
                    .forEach(name -> assertThat(documented)
                            .as(role + " has " + name)
                            .contains("`" + name.replaceFirst("_FILE$", "") + "`"));
        });
    }

    @Test
    void givesEveryRoleWhatItCannotStartWithout() {
        OURS.forEach((role, settings) -> {
            var given = map(service(role).get("environment")).keySet();
            Pattern.compile("\\| `([A-Z_]+)` +\\|[^|]*\\| yes")
                    .matcher(documentationOf(settings))
                    .results()
                    .map(row -> row.group(1))
                    .forEach(name -> assertThat(given).as(role).containsAnyOf(name, name + "_FILE"));
        });
    }

    @Test
    void theScriptMakesEverySecret(@TempDir Path folder) throws Exception {
        Path script = Files.copy(Path.of("docker/make-secrets"), folder.resolve("make-secrets"));
        for (int run = 0; run < 2; run++) { // the second changes nothing
            Process made =
                    new ProcessBuilder("sh", script.toString()).inheritIO().start();
            assertThat(made.waitFor()).isZero();
        }
        map(compose.get("secrets"))
                .values()
                .forEach(secret -> assertThat(folder.resolve("secrets")
                                .resolve(Path.of(String.valueOf(map(secret).get("file")))
                                        .getFileName()))
                        .isNotEmptyFile());
        String url = Files.readString(folder.resolve("secrets/ledger-database-url"));
        assertThat(DatabaseAddress.parse(url).password())
                .isEqualTo(Files.readString(folder.resolve("secrets/ledger-password")));
        assertThat(Base64.getDecoder()
                        .decode(Files.readString(folder.resolve("secrets/token-secret"))
                                .strip()))
                .hasSize(32);
    }

    @Test
    void secretsFilesAndDependenciesExist() {
        Map<String, Object> secrets = map(compose.get("secrets"));
        Map<String, Object> services = map(compose.get("services"));
        services.keySet().forEach(name -> {
            Map<String, Object> parts = service(name);
            if (parts.get("secrets") instanceof List<?> used) {
                assertThat(secrets.keySet())
                        .as(name)
                        .containsAll(used.stream().map(String::valueOf).toList());
            }
            assertThat(services.keySet())
                    .as(name)
                    .containsAll(map(parts.get("depends_on")).keySet());
            assertThat(parts).as(name).containsKey("deploy");
        });
        map(compose.get("configs"))
                .values()
                .forEach(config -> assertThat(Path.of(String.valueOf(map(config).get("file"))))
                        .exists());
    }

    @Test
    void theDockerfileCopiesWhatTheBuildMakes() throws IOException {
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        assertThat(dockerfile)
                .contains("examples/microservices/target/microservices.jar", "examples/microservices/target/lib")
                .contains("ENTRYPOINT [\"java\""); // no shell in between: signals reach the program
        assertThat(ROOT.resolve("mvnw")).isExecutable();
        assertThat(map(service("gateway").get("build")).get("dockerfile"))
                .isEqualTo("examples/microservices/Dockerfile");
    }

    private Map<String, Object> service(String name) {
        Map<String, Object> own = map(map(compose.get("services")).get(name));
        Map<String, Object> merged = new HashMap<>(map(own.get("<<"))); // a key like others for a parser of YAML 1.2
        merged.putAll(own);
        return merged;
    }

    private static String documentationOf(Class<?> settings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream utf8 = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(ConfigDocs.run(utf8, utf8, settings.getName(), "--format", "markdown"))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> compose() {
        try {
            return map(
                    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of("compose.yaml"))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // names are text in these files
    private static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
