package io.betrue.examples.microservices;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.betrue.config.ConfigDocs;
import io.betrue.examples.wallet.DatabaseAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** That the files for containers fit the programs, seen without Docker. */
class ComposeTest {
    private static final Path ROOT = Path.of("../..");
    private static final Map<String, Class<?>> OURS = roles();

    /** For Compose and Swarm. */
    private final Map<String, Object> compose = read("compose.yaml");

    /** For Compose alone. */
    private final Map<String, Object> override = read("compose.override.yaml");

    private final String dockerfile = text("Dockerfile");

    @Test
    void startsEveryRoleWithItsCommand() {
        OURS.keySet().forEach(role -> assertThat(service(role).get("command")).isEqualTo(List.of(role)));
    }

    @Test
    void aSwarmIsToldNothingThatItRefusesOrIgnores() {
        assertThat(compose).doesNotContainKey("name");
        map(compose.get("services"))
                .keySet()
                .forEach(name -> assertThat(merged(map(compose.get("services")).get(name)))
                        .as(name)
                        .doesNotContainKeys("build", "restart", "depends_on", "container_name", "profiles")
                        .containsKey("deploy"));
    }

    @Test
    void composeAddsOnlyToServicesThatThereAre() {
        assertThat(map(override.get("services")).keySet())
                .isEqualTo(map(compose.get("services")).keySet());
    }

    @Test
    void healthIsAskedWhereTheRoleAnswers() {
        OURS.keySet().stream().filter(role -> !role.equals("migrate")).forEach(role -> {
            String port = setting(role, role.equals("gateway") ? "HTTP_PORT" : "HEALTH_PORT");
            assertThat(map(service(role).get("healthcheck")).get("test"))
                    .as(role)
                    .isEqualTo(List.of("CMD", "/app/healthy", port));
        });
    }

    @Test
    void healthIsToBeReadyOnceAndToLiveFromThenOn(@TempDir Path folder) throws Exception {
        Set<String> fine = ConcurrentHashMap.newKeySet();
        HttpServer process = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        process.createContext("/", exchange -> {
            exchange.sendResponseHeaders(fine.contains(exchange.getRequestURI().getPath()) ? 200 : 503, -1);
            exchange.close();
        });
        process.start();
        try {
            ProcessBuilder asked = new ProcessBuilder(
                            "docker/healthy",
                            String.valueOf(process.getAddress().getPort()))
                    .inheritIO();
            asked.environment().put("WAS_READY", folder.resolve("was-ready").toString());
            fine.add("/health/live");
            assertThat(asked.start().waitFor()).as("while it starts").isNotZero();
            fine.add("/health/ready");
            assertThat(asked.start().waitFor()).as("once it is ready").isZero();
            fine.remove("/health/ready");
            assertThat(asked.start().waitFor()).as("while its database is away").isZero();
            fine.remove("/health/live");
            assertThat(asked.start().waitFor()).as("when it does not live").isNotZero();
        } finally {
            process.stop(0);
        }
    }

    @Test
    void publishesThePortOfTheGatewayAlone() {
        map(compose.get("services")).keySet().stream()
                .filter(name -> !name.equals("gateway"))
                .forEach(name -> assertThat(service(name)).as(name).doesNotContainKey("ports"));
        assertThat(String.valueOf(service("gateway").get("ports")))
                .endsWith(":" + setting("gateway", "HTTP_PORT") + "]");
        assertThat(setting("gateway", "HTTP_HOST")).isEqualTo("0.0.0.0");
    }

    @Test
    void processesHaveTheTimeToEndThatTheyTake() {
        OURS.keySet().stream().filter(role -> !role.equals("migrate")).forEach(role -> {
            int ends = seconds(setting(role, "STOP_TIMEOUT"))
                    + (role.equals("gateway") ? seconds(setting(role, "STOP_PAUSE")) : 0);
            assertThat(seconds(String.valueOf(service(role).get("stop_grace_period"))))
                    .as(role)
                    .isGreaterThan(ends);
        });
    }

    @Test
    void memoryIsEnoughForMoreThanTheHeap() {
        Matcher percentage = Pattern.compile("MaxRAMPercentage=(\\d+)").matcher(dockerfile);
        assertThat(percentage.find()).isTrue();
        OURS.keySet().stream().filter(role -> !role.equals("migrate")).forEach(role -> {
            Object limits =
                    map(map(service(role).get("deploy")).get("resources")).get("limits");
            String memory = String.valueOf(map(limits).get("memory"));
            assertThat(memory).as(role).matches("[0-9]+M");
            int megabytes = Integer.parseInt(memory.replace("M", ""));
            int heap = megabytes * Integer.parseInt(percentage.group(1)) / 100;
            assertThat(megabytes - heap).as(role).isGreaterThanOrEqualTo(200); // 120 of them are taken after a start
        });
    }

    @Test
    void everythingIsStartedAgainButWhatHasAnEnd() {
        map(compose.get("services"))
                .keySet()
                .forEach(name -> assertThat(service(name).get("restart"))
                        .as(name)
                        .isEqualTo(name.equals("migrate") ? "no" : "unless-stopped"));
        assertThat(map(service("migrate").get("deploy")).get("restart_policy"))
                .isEqualTo(Map.of("condition", "on-failure"));
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
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        if (System.getProperty("user.name").equals("root")) { // who could write what is for reading only
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            command.addAll(0, List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        for (int run = 0; run < 2; run++) { // the second changes nothing
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
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
            List<String> used = parts.get("secrets") instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
            assertThat(secrets.keySet()).as(name).containsAll(used);
            assertThat(used)
                    .as(name)
                    .containsAll(map(parts.get("environment")).values().stream()
                            .map(String::valueOf)
                            .filter(value -> value.startsWith("/run/secrets/"))
                            .map(value -> value.substring("/run/secrets/".length()))
                            .toList());
            assertThat(services.keySet())
                    .as(name)
                    .containsAll(map(parts.get("depends_on")).keySet());
        });
        map(compose.get("configs"))
                .values()
                .forEach(config -> assertThat(Path.of(String.valueOf(map(config).get("file"))))
                        .exists());
    }

    @Test
    void theDockerfileCopiesWhatThereIs() {
        assertThat(dockerfile)
                .contains("examples/microservices/target/microservices.jar", "examples/microservices/target/lib")
                .contains("COPY --from=" + service("nats").get("image") + " ")
                .contains("ENTRYPOINT [\"java\"") // no shell in between: signals reach the program
                .contains("USER 10001");
        Pattern.compile("COPY --from=build /src/(\\S+)")
                .matcher(dockerfile)
                .results()
                .map(copied -> copied.group(1))
                .filter(copied -> !copied.contains("/target/"))
                .forEach(copied -> assertThat(ROOT.resolve(copied)).isExecutable());
        assertThat(ROOT.resolve("mvnw")).isExecutable();
        OURS.keySet()
                .forEach(role -> assertThat(map(service(role).get("build")))
                        .as(role)
                        .isEqualTo(Map.of("context", "../..", "dockerfile", "examples/microservices/Dockerfile")));
    }

    private static Map<String, Class<?>> roles() {
        Map<String, Class<?>> roles = new TreeMap<>(Roles.settings());
        roles.remove("all"); // the launcher, in whose place the file is
        return roles;
    }

    /** {@return a service as Compose sees it, with what the second file says} */
    private Map<String, Object> service(String name) {
        Map<String, Object> both = merged(map(compose.get("services")).get(name));
        both.putAll(merged(map(override.get("services")).get(name)));
        return both;
    }

    /** A key for merging is one like others for a parser of YAML 1.2. */
    private static Map<String, Object> merged(@Nullable Object part) {
        Map<String, Object> own = map(part);
        Map<String, Object> merged = own.containsKey("<<") ? merged(own.get("<<")) : new HashMap<>();
        merged.putAll(own);
        merged.remove("<<");
        return merged;
    }

    /** {@return what a role is given, or else takes by itself} */
    private String setting(String role, String name) {
        Object given = map(service(role).get("environment")).get(name);
        if (given != null) {
            return String.valueOf(given);
        }
        Matcher row = Pattern.compile("\\| `" + name + "` +\\|[^|]*\\|[^|]*\\| `([^`]+)`")
                .matcher(documentationOf(Objects.requireNonNull(OURS.get(role))));
        assertThat(row.find()).as(role + " has a default for " + name).isTrue();
        return row.group(1);
    }

    private static int seconds(String duration) {
        assertThat(duration).matches("[0-9]+s");
        return Integer.parseInt(duration.substring(0, duration.length() - 1));
    }

    private static String documentationOf(Class<?> settings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream utf8 = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(ConfigDocs.run(utf8, utf8, settings.getName(), "--format", "markdown"))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Object> read(String file) {
        return map(new Load(LoadSettings.builder().build()).loadFromString(text(file)));
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // names are text in these files
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
