package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The examples of the README, compiled and run. */
class ConfigSnippetsTest {
    // tag::group[]
    static final class HttpConfig extends ConfigGroup {
        final String host = env("HTTP_HOST")
                .describedAs("Address to bind to")
                .orElse("127.0.0.1")
                .asString();
        final int port =
                env("HTTP_PORT").describedAs("Port to bind to").orElse(8080).asPort();

        HttpConfig(Environment env) {
            super("Web server", env);
        }
    }
    // end::group[]

    static final class HttpClientConfig extends ConfigGroup {
        final URI url = env("HTTP_CLIENT_URL").asUrl();

        HttpClientConfig(Environment env) {
            super("HTTP client", env);
        }
    }

    // tag::set[]
    static final class AppConfig extends ConfigSet {
        final HttpConfig http = group(HttpConfig::new);
        final HttpClientConfig game = group("GAME", HttpClientConfig::new); // GAME_HTTP_CLIENT_URL

        AppConfig(Environment env) {
            super(env);
        }
    }
    // end::set[]

    static final class KindsConfig extends ConfigGroup {
        // tag::kinds[]
        final URI required = env("SHOP_URL").asUrl();
        final int defaulted = env("SHOP_PAGE_SIZE").orElse(50).between(1, 200).asInt();
        final OptionalInt optional = env("SHOP_LIMIT").optional().asInt();
        final Duration wait =
                env("SHOP_WAIT").orElse("30s").orElseIn("prod", "5s").asDuration();
        final Secret key = env("SHOP_KEY").orElse("dev-key").requiredIn("prod").asSecret();
        final List<HostPort> peers = env("SHOP_PEERS").orElse(List.of()).asListOf(ValueType.hostPort());
        // end::kinds[]

        KindsConfig(Environment env) {
            super("Shop", env);
        }
    }

    static final class PoolConfig extends ConfigGroup {
        final int min = env("POOL_MIN").orElse(1).asInt();
        final int max = env("POOL_MAX").orElse(10).asInt();
        final boolean tls = env("POOL_TLS").orElse(false).asBoolean();
        final Optional<Path> key = env("POOL_TLS_KEY").optional().asPath(PathCheck.IS_FILE);
        final Optional<URI> url = env("POOL_URL").optional().asUri();
        final Optional<HostPort> server = env("POOL_SERVER").optional().asHostPort();

        // tag::rules[]
        PoolConfig(Environment env) {
            super("Pool", env);
            rule("{POOL_MIN} must not be above {POOL_MAX}", () -> min <= max, "POOL_MIN", "POOL_MAX");
            requiredWhen("POOL_TLS_KEY", "POOL_TLS", () -> tls);
            exactlyOneOf("POOL_URL", "POOL_SERVER");
        }
        // end::rules[]
    }

    // tag::own[]
    record Colour(int rgb) {
        static Colour parse(String text) {
            return new Colour(Integer.parseInt(text, 16));
        }
    }

    static final ValueType<Colour> COLOUR =
            ValueType.of("colour", "ff8800", Colour::parse).check("must not be black", colour -> colour.rgb() != 0);
    // end::own[]

    static final class LookConfig extends ConfigGroup {
        final Colour colour = env("LOOK_COLOUR").orElse("336699").as(COLOUR);

        LookConfig(Environment env) {
            super("Look", env);
        }
    }

    @Test
    void loads() {
        Map<String, String> variables = Map.of("GAME_HTTP_CLIENT_URL", "https://game.example/");
        Environment env = Environment.of(variables);
        // tag::exit[]
        AppConfig config = Config.loadOrExit(env, AppConfig::new);
        // end::exit[]
        assertThat(config.http.port).isEqualTo(8080);
        assertThat(config.game.url).hasHost("game.example");
    }

    @Test
    void kindsAreDifferentInTheType() {
        KindsConfig config = Config.load(Environment.of(Map.of("SHOP_URL", "https://a.example")), KindsConfig::new);

        assertThat(config.defaulted).isEqualTo(50);
        assertThat(config.optional).isEmpty();
        assertThat(config.wait).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void rulesHold() {
        PoolConfig config = new PoolConfig(Environment.of(Map.of("POOL_MIN", "11", "POOL_TLS", "true")));

        assertThat(config.errors()).hasSize(3);
    }

    @Test
    void ownTypes() {
        assertThat(new LookConfig(Environment.of(Map.of())).colour).isEqualTo(new Colour(0x336699));
    }

    @Test
    void settingsInTests() {
        // tag::test[]
        HttpConfig config = Config.load(Environment.of(Map.of()).with("HTTP_PORT", "9090"), HttpConfig::new);
        // end::test[]
        assertThat(config.port).isEqualTo(9090);
    }

    @Test
    void namesItsSources() {
        // tag::load[]
        Environment env =
                Environment.system().withSecrets(Path.of("/run/secrets")).withDotEnv(Path.of(".env"));
        // end::load[]
        assertThat(Config.load(env, HttpConfig::new).host).isNotEmpty();
    }
}
