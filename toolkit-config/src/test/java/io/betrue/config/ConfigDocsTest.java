package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigDocsTest {
    enum Mode {
        FAST,
        VERY_SAFE
    }

    static final class ShopGroup extends ConfigGroup {
        final int port = env("SHOP_PORT")
                .describedAs("Port | with a bar and a `tick`")
                .orElse(8080)
                .asPort();
        final Secret password =
                env("SHOP_PASSWORD").describedAs("Password").orElse("hunter2").asSecret();
        final String key =
                env("SHOP_KEY").secret().orElse("k3y").orElseIn("dev", "devk3y").asString();
        final Mode mode = env("SHOP_MODE").orElse(Mode.VERY_SAFE).asEnum(Mode.class);
        final List<Integer> sizes =
                env("SHOP_SIZES").separatedBy("|").orElse(List.of(1, 2)).asListOf(ValueType.integer());
        final Optional<String> note =
                env("SHOP_NOTE").optional().example("it's \"fine\": a|b").asString();
        final String code = env("SHOP_CODE").asMatching(Pattern.compile("a|b"));
        final String name = env("SHOP_NAME").orElse("shop").requiredIn("prod").asString();
        final String empty = env("SHOP_EMPTY").allowEmpty().orElse("").asString();

        ShopGroup(Environment env) {
            super("Shop", env);
        }
    }

    static final class ShopConfig extends ConfigSet {
        final ShopGroup shop = group(ShopGroup::new);
        final ShopGroup second = group("B", ShopGroup::new);

        ShopConfig(Environment env) {
            super(env);
        }
    }

    static final class BrokenConfig extends ConfigGroup {
        BrokenConfig(Environment env) {
            super("Broken", env);
            env("BROKEN_PORT").asInt();
            throw new IllegalStateException("no");
        }
    }

    private static final String CLASS = ShopConfig.class.getName();

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        out.reset();
        err.reset();
        return ConfigDocs.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesOneAlignedMarkdownTablePerGroup() {
        assertThat(run(CLASS, "--format", "markdown")).isZero();

        assertThat(out()).contains("## Profile\n", "## Shop\n", "## Shop (B)\n", "| `B_SHOP_PORT`");
        List<String> table = out().lines().filter(line -> line.startsWith("|")).toList();
        assertThat(table.stream().map(String::length).distinct().count()).isLessThanOrEqualTo(3);
        assertThat(out())
                .contains("Port \\| with a bar and a \\`tick\\`", "`list of int` separated by `\\|`", "`1\\|2`");
        assertThat(out())
                .contains("`enum: fast, very-safe`", "`very-safe`", "`string matching a\\|b`", "in prod", "empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"markdown", "dotenv", "json-schema", "kubernetes"})
    void neverShowsTheDefaultOfASecret(String format) {
        assertThat(run(CLASS, "--format", format)).isZero();

        assertThat(out()).contains("SHOP_PASSWORD").doesNotContain("hunter2", "k3y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"markdown", "dotenv", "json-schema", "kubernetes"})
    void repeatedRunsChangeNothingAndCheckAgrees(String format) throws IOException {
        Path file = folder.resolve("out");
        assertThat(run(CLASS, "--format", format, "--out", file.toString())).isZero();
        byte[] first = Files.readAllBytes(file);
        var modified = Files.getLastModifiedTime(file);

        assertThat(run(CLASS, "--format", format, "--out", file.toString())).isZero();

        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(modified);
        assertThat(run(CLASS, "--format", format, "--out", file.toString(), "--check"))
                .isZero();
        assertThat(out()).isEmpty();
    }

    @Test
    void checkPrintsTheDifferenceAndChangesNothing() throws IOException {
        Path file = folder.resolve("envs.md");
        run(CLASS, "--format", "markdown", "--out", file.toString());
        String drifted = Files.readString(file).replace("`8080`", "`8081`");
        Files.writeString(file, drifted);

        assertThat(run(CLASS, "--format", "markdown", "--out", file.toString(), "--check"))
                .isEqualTo(1);

        assertThat(out())
                .contains("`8081`")
                .containsPattern("(?m)^- +\\d+ .*8081")
                .containsPattern("(?m)^\\+ +\\d+ .*8080");
        assertThat(err()).contains("is not up to date");
        assertThat(file).hasContent(drifted);
    }

    @Test
    void refusesToOverwriteAFileItDidNotGenerate() throws IOException {
        Path file = folder.resolve(".env");
        Files.writeString(file, "SHOP_PASSWORD=real\n");

        assertThat(run(CLASS, "--format", "dotenv", "--out", file.toString())).isEqualTo(1);

        assertThat(err()).contains("was not generated");
        assertThat(file).hasContent("SHOP_PASSWORD=real\n");
    }

    @Test
    void theDotEnvExampleReadsBackAsTheDefaults() throws IOException {
        Path file = folder.resolve(".env.example");
        run(CLASS, "--format", "dotenv", "--out", file.toString());
        String open =
                Files.readString(file).replaceAll("(?m)^#(?=[A-Z_]+=)", "").replace("SHOP_CODE=", "SHOP_CODE=a");
        Files.writeString(file, open);

        ShopConfig config = Config.load(Environment.of(java.util.Map.of()).withDotEnv(file), ShopConfig::new);

        assertThat(config.shop.port).isEqualTo(8080);
        assertThat(config.shop.mode).isEqualTo(Mode.VERY_SAFE);
        assertThat(config.second.sizes).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "two words", "it's", "a\"b\\c", "line\nline", " padded ", "#hash", "x #y", "${A}", ""})
    void quotedDotEnvValuesReadBackAsTheyWere(String value) {
        List<ConfigFault> faults = new java.util.ArrayList<>();
        DotEnvFile file = new DotEnvFile(".env", "X=" + DotEnvDocs.quoted(value) + "\n", faults);

        assertThat(faults).isEmpty();
        assertThat(file.values().values()).extracting(Raw::text).containsExactly(value);
    }

    @Test
    void kubernetesStubsAreYamlWithSecretsApart() {
        run(CLASS, "--format", "kubernetes");

        List<Object> documents = new java.util.ArrayList<>();
        new Load(LoadSettings.builder().build()).loadAllFromString(out()).forEach(documents::add);
        assertThat(documents).hasSize(2);
        assertThat(documents.get(0).toString())
                .contains("kind=ConfigMap", "name=shop-config", "SHOP_PORT=8080")
                .doesNotContain("SHOP_PASSWORD");
        assertThat(documents.get(1).toString()).contains("kind=Secret", "SHOP_PASSWORD=", "B_SHOP_KEY=");
    }

    @Test
    void theJsonSchemaIsJsonThatNamesEveryVariable() {
        run(CLASS, "--format", "json-schema");

        // JSON is YAML, so the parser at hand can read it
        Object schema = new Load(LoadSettings.builder().build()).loadFromString(out());
        assertThat(schema.toString())
                .contains("https://json-schema.org/draft/2020-12/schema", "B_SHOP_SIZES", "minimum=1", "maximum=65535")
                .contains("required=[SHOP_CODE, B_SHOP_CODE]");
        assertThat(out())
                .contains(
                        "\"SHOP_PASSWORD\": {\"description\": \"Password\", \"type\": \"string\", \"writeOnly\": true}");
    }

    @Test
    void aConstructorThatThrowsIsNamedWithStatusOne() {
        assertThat(run(BrokenConfig.class.getName(), "--format", "markdown")).isEqualTo(1);

        assertThat(err()).contains("cannot be documented", "IllegalStateException");
        assertThat(out()).isEmpty();
    }

    @Test
    void helpTellsTheCommandLine() {
        assertThat(run("--help")).isZero();

        assertThat(out()).contains("--format", "--check", "Exit status");
    }

    @Test
    void wrongArgumentsExitWithTwo() {
        assertThat(run()).isEqualTo(2);
        assertThat(run(CLASS)).isEqualTo(2);
        assertThat(run(CLASS, "--format", "markdwon")).isEqualTo(2);
        assertThat(err()).contains("did you mean markdown?");
        assertThat(run(CLASS, "--format")).isEqualTo(2);
        assertThat(run(CLASS, "--format", "dotenv", "--check")).isEqualTo(2);
        assertThat(run(CLASS, "--format", "dotenv", "--quiet")).isEqualTo(2);
        assertThat(run(CLASS, CLASS, "--format", "dotenv")).isEqualTo(2);
        assertThat(run("com.acme.Missing", "--format", "dotenv")).isEqualTo(2);
        assertThat(run("java.lang.String", "--format", "dotenv")).isEqualTo(2);
        assertThat(err()).contains("is neither a ConfigSet nor a ConfigGroup");
    }

    @Test
    void documentsTheApplicationsOwnProfiles() {
        assertThat(run(CLASS, "--format", "markdown", "--profiles", "SHOP_STAGE=near,far"))
                .isZero();

        assertThat(out()).contains("`SHOP_STAGE`", "`enum: near, far`").doesNotContain("APP_PROFILE");
    }

    /** Limits and options in forms that other languages would not take. */
    static final class OddGroup extends ConfigGroup {
        OddGroup(Environment env) {
            super("Odd", env);
            env("ODD_INT").orElse("+5").between("+1", "0009").asInt();
            env("ODD_DECIMAL").orElse(".5").atLeast(".25").asDecimal();
            env("ODD_HEX").orElse("ff").as(ValueType.of("hex", "0", text -> Integer.parseInt(text, 16)));
            env("ODD_SECRET").optional().secret().as(ValueType.string().oneOf("hunter2", "x"));
        }
    }

    static final class NoClass extends ConfigGroup {
        static final int BROKEN = Integer.parseInt("no number");

        NoClass(Environment env) {
            super("No", env);
        }
    }

    @Test
    void numbersOfTheSchemaAreJsonAndDefaultsAreOfTheirType() {
        assertThat(run(OddGroup.class.getName(), "--format", "json-schema")).isZero();

        assertThat(out())
                .contains(
                        "\"minimum\": 1, \"maximum\": 9,", "\"default\": 5}", "\"minimum\": 0.25,", "\"default\": 0.5}")
                .contains("\"ODD_HEX\": {\"type\": \"string\", \"default\": \"ff\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"markdown", "dotenv", "json-schema", "kubernetes"})
    void neverShowsTheAllowedValuesOfASecret(String format) {
        assertThat(run(OddGroup.class.getName(), "--format", format)).isZero();

        assertThat(out()).contains("ODD_SECRET").doesNotContain("hunter2");
    }

    @Test
    void aClassThatCannotBeInitialisedIsSaidInOneLine() {
        assertThat(run(NoClass.class.getName(), "--format", "markdown")).isOne();

        assertThat(err())
                .isEqualTo("ConfigDocs: " + NoClass.class.getName()
                        + " cannot be documented: it cannot be constructed: java.lang.NumberFormatException:"
                        + " For input string: \"no number\".\n");
    }
}
