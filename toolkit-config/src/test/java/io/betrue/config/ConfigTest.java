package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfigTest {
    static final class HttpConfig extends ConfigGroup {
        final String host = env("HTTP_HOST")
                .describedAs("Address the web server binds to")
                .orElse("127.0.0.1")
                .asString();
        final int port = env("HTTP_PORT")
                .describedAs("Port the web server binds to")
                .orElse(8080)
                .asPort();
        final OptionalInt backlog = env("HTTP_BACKLOG").optional().asInt();

        HttpConfig(Environment env) {
            super("Web server", env);
        }
    }

    static final class ClientConfig extends ConfigGroup {
        final URI url = env("HTTP_CLIENT_URL").asUrl();
        final int twice;

        ClientConfig(Environment env) {
            super("HTTP client", env);
            twice = url.getHost().length() * 2;
        }
    }

    static final class AppConfig extends ConfigSet {
        final HttpConfig http = group(HttpConfig::new);
        final ClientConfig game = group("GAME", ClientConfig::new);
        final ClientConfig chat = group("chat", "Chat transport", ClientConfig::new);

        AppConfig(Environment env) {
            super(env);
        }
    }

    static final class ManyConfig extends ConfigGroup {
        ManyConfig(Environment env) {
            super("Many", env);
            IntStream.range(0, 40).forEach(i -> env("MANY_" + i).asInt());
        }
    }

    static final class ThrowingConfig extends ConfigGroup {
        ThrowingConfig(Environment env) {
            super("Throwing", env);
            env("A_NUMBER").orElse(1).asInt();
            throw new IllegalStateException("derived field failed");
        }
    }

    static final class ThrowingSet extends ConfigSet {
        final ThrowingConfig throwing = group(ThrowingConfig::new);
        final HttpConfig http = group(HttpConfig::new);

        ThrowingSet(Environment env) {
            super(env);
        }
    }

    private static final Map<String, String> GOOD =
            Map.of("GAME_HTTP_CLIENT_URL", "https://game.example/", "CHAT_HTTP_CLIENT_URL", "https://chat.example");

    @Test
    void loadsTypedValuesOfGroupsUnderTheirContexts() {
        AppConfig config = Config.load(Environment.of(GOOD).with("HTTP_PORT", "81"), AppConfig::new);

        assertThat(config.http.port).isEqualTo(81);
        assertThat(config.http.host).isEqualTo("127.0.0.1");
        assertThat(config.http.backlog).isEmpty();
        assertThat(config.game.url).isEqualTo(URI.create("https://game.example"));
        assertThat(config.chat.twice).isEqualTo(24);
        assertThat(config.errors()).isEmpty();
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void reportsFaultsOfAllGroupsAtOnceWithTheirExactNames() {
        Environment env = Environment.of(Map.of("HTTP_PORT", "80a", "GAME_HTTP_CLIENT_URL", "game"));

        assertThatThrownBy(() -> Config.load(env, AppConfig::new)).isInstanceOfSatisfying(ConfigException.class, e -> {
            assertThat(e.errors())
                    .extracting(ConfigFault::group, ConfigFault::name, ConfigFault::value, ConfigFault::origin)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("Web server", "HTTP_PORT", "80a", "environment"),
                            org.assertj.core.groups.Tuple.tuple(
                                    "HTTP client (GAME)", "GAME_HTTP_CLIENT_URL", "game", "environment"),
                            org.assertj.core.groups.Tuple.tuple("Chat transport", "CHAT_HTTP_CLIENT_URL", null, ""));
            assertThat(e).hasMessageContaining("3 settings are not fit to start the application");
        });
    }

    @Test
    void givesFortyRowsForFortyFaults() {
        assertThatThrownBy(() -> Config.load(Environment.of(Map.of()), ManyConfig::new))
                .isInstanceOfSatisfying(
                        ConfigException.class, e -> assertThat(e.errors()).hasSize(40));
    }

    @Test
    void reportsFaultyItemsRatherThanTheConstructorThatFellOverThem() {
        Environment env = Environment.of(Map.of("HTTP_PORT", "x", "A_NUMBER", "y"));

        assertThatThrownBy(() -> Config.load(env, ThrowingSet::new))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.errors())
                                .extracting(ConfigFault::name)
                                .containsExactly("A_NUMBER", "HTTP_PORT"));
    }

    @Test
    void reportsTheConstructorThatThrewOverSoundItems() {
        assertThatThrownBy(() -> Config.load(Environment.of(Map.of()), ThrowingSet::new))
                .isInstanceOfSatisfying(ConfigException.class, e -> {
                    assertThat(e.errors()).hasSize(1);
                    assertThat(e.errors().get(0).problem())
                            .contains("derived field failed")
                            .contains("ConfigTest.java");
                    assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
                });
    }

    @Test
    void printsTheTablesAndExitsWithOne() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicInteger status = new AtomicInteger();
        Environment env = Environment.of(Map.of("HTTP_PORT", "80a"));

        Config.loadOrExit(env, HttpConfig::new, new PrintStream(out, true, StandardCharsets.UTF_8), status::set);

        assertThat(status).hasValue(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        1 setting is not fit to start the application.

                        Web server
                        | variable  | problem               | value | from        | example |
                        |-----------|-----------------------|-------|-------------|---------|
                        | HTTP_PORT | is not a whole number | 80a   | environment | 8080    |
                        """);
    }

    @Test
    void aGroupConstructedAloneKnowsItsErrors() {
        HttpConfig config = new HttpConfig(Environment.of(Map.of("HTTP_PORT", "0")));

        assertThat(config.errors())
                .extracting(ConfigFault::name, ConfigFault::problem)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("HTTP_PORT", "must be in 1..65535"));
        assertThat(config.port).isEqualTo(8080);
    }

    @Test
    void aConstructorThatThrewIsNamedInsteadOfTheSettingItBrokeOff() {
        assertThatThrownBy(() -> Config.load(
                        Environment.of(Map.of()),
                        env -> TestGroup.of(env, g -> g.item("A").orElse("a").orElseIn("lab", "b"))))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.errors()).singleElement().satisfies(fault -> {
                            assertThat(fault.group()).isEqualTo("Construction");
                            assertThat(fault.problem()).contains("\"lab\" is no profile");
                        }));
    }

    @Test
    void nothingIsDeclaredAfterTheLoad() {
        TestGroup group = Config.load(Environment.of(Map.of()), env -> TestGroup.of(env, g -> {}));

        assertThatThrownBy(() -> group.item("LATE"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("LATE is asked for after the load has ended");
        assertThatThrownBy(group::chosenProfile).isInstanceOf(IllegalStateException.class);
    }
}
