package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {
    enum Level {
        LOW,
        VERY_HIGH
    }

    @TempDir
    Path folder;

    private static <T> T good(String text, ValueType<T> type) {
        List<T> values = new ArrayList<>();
        TestGroup group = TestGroup.x(text, item -> values.add(item.as(type)));
        assertThat(group.errors()).isEmpty();
        return values.get(0);
    }

    private static String bad(String text, ValueType<?> type) {
        TestGroup group = TestGroup.x(text, item -> item.as(type));
        assertThat(group.errors()).hasSize(1);
        assertThat(group.errors().get(0).value()).isEqualTo(text);
        return group.problems().get(0);
    }

    @Test
    void readsWholeNumbersInFullOrNotAtAll() {
        assertThat(good(" -12 ", ValueType.integer())).isEqualTo(-12);
        assertThat(good("+7", ValueType.longInteger())).isEqualTo(7L);
        assertThat(bad("12abc", ValueType.integer())).isEqualTo("is not a whole number");
        assertThat(bad("1.9", ValueType.integer())).isEqualTo("is not a whole number");
        assertThat(bad("-", ValueType.integer())).isEqualTo("is not a whole number");
        assertThat(bad("\u0661", ValueType.integer())).isEqualTo("is not a whole number");
        assertThat(bad("2147483648", ValueType.integer())).isEqualTo("must be in -2147483648..2147483647");
        assertThat(bad("99999999999999999999", ValueType.longInteger())).contains("must be in -9223372036854775808..");
    }

    @Test
    void readsDecimalsWithoutExponents() {
        assertThat(good("-0.50", ValueType.decimal())).isEqualTo(new BigDecimal("-0.50"));
        assertThat(bad("1e999999999", ValueType.decimal())).contains("is not a decimal number");
        assertThat(bad("1,5", ValueType.decimal())).contains("is not a decimal number");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "True,true", "1,true", "false,false", "FALSE,false", "False,false", "0,false"
    })
    void readsBooleansInAnyLetterCase(String text, boolean value) {
        assertThat(good(text, ValueType.bool())).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "2", "tru"})
    void refusesWhatIsNoBoolean(String text) {
        assertThat(bad(text, ValueType.bool())).isEqualTo("is not a boolean: use true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VERY_HIGH", "very_high", "very-high", "Very-High"})
    void readsEnumsInAnyLetterCaseWithDashes(String text) {
        assertThat(good(text, ValueType.enumOf(Level.class))).isEqualTo(Level.VERY_HIGH);
    }

    @Test
    void suggestsTheNearestConstant() {
        assertThat(bad("very-hihg", ValueType.enumOf(Level.class)))
                .isEqualTo("must be one of low, very-high; did you mean very-high?");
    }

    @ParameterizedTest
    @CsvSource({
        "https://asd.ru/asd//,https://asd.ru/asd",
        "' http://asd.ru/asd ',http://asd.ru/asd",
        "HTTP://localhost:80/,HTTP://localhost:80",
        "https://a.example/?next=/,https://a.example/?next=/"
    })
    void trimsAddresses(String text, URI value) {
        assertThat(good(text, ValueType.url())).isEqualTo(value);
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThat(bad("asd.ru", ValueType.url())).isEqualTo("must start with http:// or https://");
        assertThat(bad("http://", ValueType.url())).contains("is not a");
        assertThat(bad("http:///path", ValueType.url())).contains("valid host");
        assertThat(bad("http://a/ b", ValueType.url())).contains("is not a URI").contains("at character 10");
        assertThat(good("jdbc:postgresql://h/db", ValueType.uri())).hasScheme("jdbc");
        assertThat(bad("h/db", ValueType.uri())).contains("has no scheme");
    }

    @Test
    void readsPortsAndHostsWithPorts() {
        assertThat(good("65535", ValueType.port())).isEqualTo(65535);
        assertThat(bad("0", ValueType.port())).isEqualTo("must be in 1..65535");
        assertThat(good("0", ValueType.listenPort())).isZero();
        assertThat(good("db.example:5432", ValueType.hostPort())).isEqualTo(new HostPort("db.example", 5432));
        assertThat(good("[::1]:80", ValueType.hostPort())).hasToString("[::1]:80");
        assertThat(bad("::1:80", ValueType.hostPort())).contains("brackets");
        assertThat(bad("db.example", ValueType.hostPort())).contains("host:port");
        assertThat(bad("db:99999", ValueType.hostPort())).isEqualTo("must be in 1..65535");
    }

    @Test
    void readsDurationsOnlyWithUnits() {
        assertThat(good("1h30m", ValueType.duration())).isEqualTo(Duration.ofMinutes(90));
        assertThat(good("250 ms", ValueType.duration())).isEqualTo(Duration.ofMillis(250));
        assertThat(good("1d", ValueType.duration())).isEqualTo(Duration.ofDays(1));
        assertThat(good("PT2S", ValueType.duration())).isEqualTo(Duration.ofSeconds(2));
        assertThat(bad("30", ValueType.duration())).isEqualTo("has no unit: use one of ns, us, ms, s, m, h, d");
        assertThat(bad("30 parsecs", ValueType.duration())).contains("unknown unit: use one of ns");
        assertThat(bad("-5s", ValueType.duration())).contains("is not a duration");
        assertThat(bad("PT-5S", ValueType.duration())).contains("0 or more");
        assertThat(bad("9223372036854775807d", ValueType.duration())).contains("too long");
    }

    @Test
    void readsDataSizesOnlyWithUnits() {
        assertThat(good("64KiB", ValueType.dataSize()).bytes()).isEqualTo(65536);
        assertThat(good("10 MB", ValueType.dataSize()).bytes()).isEqualTo(10_000_000);
        assertThat(bad("1024", ValueType.dataSize())).startsWith("has no unit: use one of B, kB");
        assertThat(bad("10M", ValueType.dataSize())).startsWith("has an unknown unit");
        assertThat(bad("9223372036854775807GiB", ValueType.dataSize())).contains("too large");
        assertThat(new DataSize(1536)).hasToString("1536B");
        assertThat(DataSize.parse("1GiB")).hasToString("1GiB").isGreaterThan(DataSize.parse("1GB"));
        assertThatThrownBy(() -> DataSize.parse("7")).hasMessageContaining("\"7\" has no unit");
    }

    @Test
    void checksPathsByChoice() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "x");
        Path missing = folder.resolve("missing");

        assertThat(good(missing.toString(), ValueType.path())).isEqualTo(missing);
        assertThat(good(file.toString(), ValueType.path(PathCheck.IS_FILE, PathCheck.IS_WRITABLE)))
                .isEqualTo(file);
        assertThat(bad(missing.toString(), ValueType.path(PathCheck.EXISTS))).isEqualTo("must exist");
        assertThat(bad(file.toString(), ValueType.path(PathCheck.IS_DIRECTORY))).isEqualTo("must be a directory");
        assertThat(bad("a\0b", ValueType.path())).contains("is not a path");
    }

    @Test
    void readsTheOtherTexts() {
        assertThat(good("abc", ValueType.matching(Pattern.compile("[a-c]+")))).isEqualTo("abc");
        assertThat(bad("abcd", ValueType.matching(Pattern.compile("[a-c]+")))).isEqualTo("does not match [a-c]+");
        assertThat(good("ann@example.com", ValueType.email())).isEqualTo("ann@example.com");
        assertThat(bad("ann@example", ValueType.email())).isEqualTo("is not an e-mail address");
        assertThat(good("Europe/Paris", ValueType.timeZone())).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(bad("Europe/Pariss", ValueType.timeZone())).contains("is not a time zone");
        assertThat(good("YmUtdHJ1ZQ", ValueType.base64())).isEqualTo("be-true".getBytes(StandardCharsets.UTF_8));
        assertThat(good("_-8=", ValueType.base64())).containsExactly(0xFF, 0xEF);
        assertThat(bad("***", ValueType.base64())).isEqualTo("is not base64");
        assertThat(good(" keeps blanks ", ValueType.string())).isEqualTo(" keeps blanks ");
    }

    @Test
    void ownTypesRefuseByThrowing() {
        ValueType<Integer> hex = ValueType.of("hex", "ff", text -> Integer.parseInt(text, 16));

        assertThat(good("1f", hex)).isEqualTo(31);
        assertThat(bad("xyz", hex)).startsWith("is not a valid hex: ").contains("xyz");
    }

    @Test
    void narrowsAnyTypeByRangesChecksAndOptions() {
        assertThat(TestGroup.x("70", item -> item.between(1, 64).asInt()).problems())
                .containsExactly("must be in 1..64");
        assertThat(TestGroup.x("5ms", item -> item.atLeast("10ms").asDuration()).problems())
                .containsExactly("must be at least 10ms");
        assertThat(TestGroup.x("2MB", item -> item.atMost("1MB").asDataSize()).problems())
                .containsExactly("must be at most 1MB");
        assertThat(bad("3", ValueType.integer().check("must be even", i -> i % 2 == 0)))
                .isEqualTo("must be even");
        assertThat(bad("3", ValueType.integer().oneOf("1", "2"))).isEqualTo("must be one of 1, 2");
        assertThat(good("2", ValueType.integer().oneOf("1", "2"))).isEqualTo(2);
        assertThatThrownBy(() -> TestGroup.x("a", item -> item.atLeast("b").asString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot have a least or greatest value");
        assertThatThrownBy(() -> TestGroup.x("1", item -> item.atLeast("b").asInt()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsListsAndSetsOfAnyTypeTrimmed() {
        List<Object> values = new ArrayList<>();

        TestGroup.x(" a , b", item -> values.add(item.asListOf(ValueType.string())));
        TestGroup.x("one|two", item -> values.add(item.separatedBy("|").asListOf(ValueType.string())));
        TestGroup.x("1 2\t 2", item -> values.add(item.separatedBy(" ").asSetOf(ValueType.integer())));
        TestGroup.x("true,0", item -> values.add(item.asListOf(ValueType.bool())));

        assertThat(values)
                .containsExactly(List.of("a", "b"), List.of("one", "two"), Set.of(1, 2), List.of(true, false));
    }

    @Test
    void aFaultyElementNamesItsIndex() {
        assertThat(TestGroup.x("1,x,3,,y", item -> item.asListOf(ValueType.integer()))
                        .problems())
                .containsExactly(
                        "element 2 is not a whole number; element 4 is empty; element 5 is not a whole number");
        assertThat(TestGroup.x("x,".repeat(500), item -> item.asListOf(ValueType.integer()))
                        .problems()
                        .get(0))
                .endsWith("and 493 more");
    }

    @Test
    void requiredIsAValueAndOptionalAnOptional() {
        TestGroup.of(java.util.Map.of("X", "1"), group -> {
            int required = group.item("X").asInt();
            java.util.OptionalInt optional = group.item("Y").optional().asInt();
            java.util.OptionalLong optionalLong = group.item("Z").optional().asLong();
            assertThat(required).isOne();
            assertThat(optional).isEmpty();
            assertThat(optionalLong).isEmpty();
        });
    }

    @Test
    void aParserThatGivesNullRefuses() {
        ValueType<String> type = ValueType.of("colour", "red", text -> text.equals("red") ? text : null);

        assertThat(TestGroup.x("blue", item -> item.as(type)).problems()).containsExactly("is not a valid colour");
        assertThat(TestGroup.x("red,blue", item -> item.asListOf(type)).problems())
                .containsExactly("element 2 is not a valid colour");
    }

    @Test
    void oneOfKeepsEarlierChecksAndRefusesWhatIsNoValue() {
        ValueType<Integer> even = ValueType.integer()
                .check("must be even", value -> value % 2 == 0)
                .oneOf("3", "4");

        assertThat(TestGroup.x("3", item -> item.as(even)).problems()).containsExactly("must be even");
        assertThat(TestGroup.x("6", item -> item.as(even)).problems()).containsExactly("must be one of 3, 4");
        assertThatThrownBy(() -> ValueType.integer().oneOf("4", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("oneOf(\"x\") is not a whole number, so it is no int");
    }

    @Test
    void limitsThatLeaveNoValueAreRefusedInCode() {
        assertThatThrownBy(() -> TestGroup.x("5", item -> item.between(10, 9).asInt()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limits 10 and 9 of X leave no value");
        assertThat(TestGroup.x("5", item -> item.between(5, 5).asInt()).problems())
                .isEmpty();
    }
}
