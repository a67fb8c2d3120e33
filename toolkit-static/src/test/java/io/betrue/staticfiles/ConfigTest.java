package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.javalin.security.RouteRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    private static final StaticRoot ROOT = StaticRoot.directory(Path.of("web"));

    private enum Role implements RouteRole {
        STAFF
    }

    @Test
    void asksTheLongestPrefixFirstAndEqualOnesInOrder() {
        StaticRoot other = StaticRoot.directory(Path.of("other"));
        Settings settings = new StaticFilesConfig()
                .mount("/", ROOT)
                .mount("/docs", ROOT)
                .mount("/docs", other)
                .mount("/docs/api", ROOT)
                .settings("/app");
        assertThat(settings.mounts())
                .extracting(MountSettings::prefix)
                .containsExactly("/app/docs/api", "/app/docs", "/app/docs", "/app");
        assertThat(settings.mounts().get(2).root()).isSameAs(other);
    }

    @Test
    void servesTheWholeSiteUnderAnEmptyPrefix() {
        assertThat(new StaticFilesConfig()
                        .mount("/", ROOT)
                        .settings("/")
                        .mounts()
                        .get(0)
                        .prefix())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "docs", "/docs/", "//", "/a//b", "/../a", "/.git", "/a b", "/a%20b", "/a?b", "/a;b", "/ü"})
    void refusesPrefixThatIsNoPlainPath(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StaticFilesConfig().mount(prefix, ROOT))
                .withMessageContaining("\"" + prefix + "\"");
    }

    @Test
    void refusesRolesInFrontOfJavalin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StaticFilesConfig()
                        .mount("/staff", ROOT, mount -> mount.inFront().roles(Role.STAFF)))
                .withMessageContaining("/staff")
                .withMessageContaining("inFront()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length", "etag", "VARY", "Transfer-Encoding", "content-encoding", "Date", "Connection"})
    void refusesToSetFieldThatFollowsFromTheContent(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> mount().header("*", name, "x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"*|X A|b", "*|X:|b", "*||b", "*|X-A|ü", "*|X-A| b", "*|X-A|b ", "a/*|X-A|b", " |X-A|b"})
    void refusesMalformedHeader(String pattern, String name, String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> mount().header(pattern, name == null ? "" : name, value));
    }

    @Test
    void refusesLineBreakInHeaderValue() {
        assertThatIllegalArgumentException().isThrownBy(() -> mount().header("*", "X-A", "b\r\nX-B: c"));
        assertThatIllegalArgumentException().isThrownBy(() -> mount().header("*", "X-A", "b\nc"));
    }

    @Test
    void putsPresetsBeforeTheHeadersNamedByTheApplication() {
        List<HeaderRule> rules = mount().header("*", "Referrer-Policy", null)
                .securityHeaders(SecurityHeaders.STRICT)
                .settings("/")
                .headers();
        assertThat(rules.get(rules.size() - 1)).isEqualTo(new HeaderRule("*", "Referrer-Policy", null));
        assertThat(rules).contains(new HeaderRule("*.html", "X-Frame-Options", "DENY"));
    }

    @Test
    void refusesTwoValuesOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StaticFilesConfig().value("a", 1).value("a", 2))
                .withMessageContaining("\"a\"");
    }

    @Test
    void refusesValueOfUnknownType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StaticFilesConfig().value("a", List.of()))
                .withMessageContaining("List");
    }

    @Test
    void keepsWholeNumbersAsLongs() {
        assertThat(new StaticFilesConfig().value("a", 1).settings("/").values()).containsEntry("a", 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "url", "file", "1a", "a b", ""})
    void refusesFunctionNameThatIsTakenOrMalformed(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StaticFilesConfig().function(name, arguments -> ""))
                .withMessageContaining("\"" + name + "\"");
    }

    @Test
    void refusesSizesOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new StaticFilesConfig().memoryFileLimit(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new StaticFilesConfig().memoryFileLimit((1L << 30) + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new StaticFilesConfig().memoryBudget(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FingerprintConfig().keepVersions(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FingerprintConfig().keepVersions(101));
    }

    @Test
    void refusesTimesOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WatchConfig().debounce(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new WatchConfig().debounce(Duration.ofMinutes(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> new WatchConfig().poll(Duration.ofMillis(99)));
        assertThatIllegalArgumentException().isThrownBy(() -> new WatchConfig().poll(Duration.ofHours(2)));
    }

    @Test
    void statesItsDefaults() {
        StaticFilesConfig config = new StaticFilesConfig().mount("/", ROOT).watch();
        Settings settings = config.settings("/");
        assertThat(settings.memoryFileLimit()).isEqualTo(1_048_576);
        assertThat(settings.memoryBudget()).isEqualTo(268_435_456);
        assertThat(settings.watch()).isEqualTo(new WatchSettings(Duration.ofMillis(100), Duration.ofSeconds(2)));
        assertThat(settings.liveReload()).isNull();
        MountSettings mount = settings.mounts().get(0);
        assertThat(mount.front()).isFalse();
        assertThat(mount.hidden()).isFalse();
        assertThat(mount.ignoreCase()).isFalse();
        assertThat(mount.compress()).isTrue();
        assertThat(mount.index()).containsExactly("index.html", "index.htm");
    }

    private static MountConfig mount() {
        return new MountConfig("", ROOT);
    }
}
