package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jackson writes of a record fits the schema that is made of it, and what cannot be described is refused. */
class JacksonRecordsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Ignoring(int a, @JsonIgnore int b) {}

    @JsonIgnoreProperties("b")
    record IgnoringByName(int a, int b) {}

    record Renamed(@JsonProperty("x") @Size(max = 2) String a) {
        @Override
        public String a() {
            return a;
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Snake(int fooBar) {}

    enum Level {
        LOW,
        HIGH;

        @JsonValue
        int number() {
            return this == LOW ? 0 : 1;
        }
    }

    @JsonFormat(shape = JsonFormat.Shape.NUMBER)
    enum Size3 {
        S,
        M
    }

    record Enums(Level level, Size3 size) {}

    record Included(
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int a, int b) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record IncludedByType(List<String> a) {}

    record Access(
            @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
            String password,

            @JsonProperty(access = JsonProperty.Access.READ_ONLY)
            String id) {}

    @SuppressWarnings("ArrayRecordComponent")
    record Letters(char[] letters) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle"), @JsonSubTypes.Type(Square.class)})
    sealed interface Shape permits Circle, Square {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    record Drawing(Circle first, Shape second, List<Square> more) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Letter.class, name = "letter"))
    sealed interface Mail permits Letter {}

    record Letter(String kind, int pages) implements Mail {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Note.class, name = "note"))
    sealed interface Paper permits Note {}

    record Note(int lines) implements Paper {
        @JsonProperty("kind")
        String kind() {
            return "note";
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
    @JsonSubTypes(@JsonSubTypes.Type(Inner.class))
    sealed interface Outer permits Inner {}

    @JsonSubTypes(@JsonSubTypes.Type(value = Deep.class, name = "deep"))
    sealed interface Inner extends Outer permits Deep {}

    record Deep(int a) implements Inner {}

    static Stream<Object> samples() {
        return Stream.of(
                new Ignoring(1, 2),
                new IgnoringByName(1, 2),
                new Renamed("a"),
                new Snake(1),
                new Enums(Level.HIGH, Size3.M),
                new Included(0, 0),
                new Included(1, 0),
                new IncludedByType(List.of()),
                new Access("secret", "1"),
                new Letters(new char[] {'a', 'b'}),
                new Circle(1),
                new Drawing(new Circle(1), new Square(2), List.of(new Square(3))),
                new Letter("letter", 1),
                new Note(1),
                new Deep(1));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesWhatJacksonWrites(Object sample) {
        JsonNode written = MAPPER.valueToTree(sample);
        assertThat(Schemas.of(sample.getClass()).validate(written))
                .as(written.toString())
                .isEmpty();
    }

    private static List<String> refused(Class<?> type, String json) throws Exception {
        return Schemas.of(type).validate(MAPPER.readTree(json.replace('\'', '"'))).stream()
                .map(violation -> violation.pointer() + " " + violation.keyword())
                .toList();
    }

    @Test
    void refusesWhatJacksonDoesNotKnow() throws Exception {
        assertThat(refused(Ignoring.class, "{'a': 1, 'b': 2}")).containsExactly("/b additionalProperties");
        assertThat(refused(Renamed.class, "{'x': 'abc'}")).containsExactly("/x maxLength");
        assertThat(refused(Snake.class, "{'fooBar': 1}"))
                .containsExactly("/foo_bar required", "/fooBar additionalProperties");
        assertThat(refused(Enums.class, "{'level': 'LOW', 'size': 2}")).containsExactly("/level enum", "/size enum");
        assertThat(refused(Included.class, "{'a': 1}")).containsExactly("/b required");
        assertThat(refused(Access.class, "{'password': 1}")).containsExactly("/password type");
        assertThat(refused(Circle.class, "{'radius': 1}")).containsExactly("/kind required");
        assertThat(refused(Mail.class, "{'kind': 'parcel', 'pages': 1}")).containsExactly("/kind const");
        assertThat(refused(Outer.class, "{'t': 'deep', 'a': 'x'}")).containsExactly("/a type");
        assertThat(refused(Outer.class, "{'t': 'other', 'a': 1}")).containsExactly("/t const");
    }

    @Test
    void saysWhatIsOnlyReadOrWritten() {
        JsonNode properties = Schemas.of(Access.class).document().path("properties");
        assertThat(properties.path("password")).hasToString("{\"type\":\"string\",\"writeOnly\":true}");
        assertThat(properties.path("id")).hasToString("{\"type\":\"string\",\"readOnly\":true}");
    }

    record Times(Duration duration, Period period, OffsetTime clock, LocalTime time) {}

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 1500, 60_000, -21_600_000, 172_801_000, 86_400_000_000_000L})
    void takesEveryDurationOfJava(long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(Schemas.of(Times.class).validate(times(duration.toString(), "P1D", "10:15Z")))
                .isEmpty();
    }

    @Test
    void takesPeriodsAndClocksOfJava() {
        Schema schema = Schemas.of(Times.class);
        String clock = OffsetTime.of(10, 15, 0, 0, ZoneOffset.ofHours(1)).toString();
        assertThat(schema.validate(times("P1DT2H", Period.of(1, -2, 3).toString(), clock)))
                .isEmpty();
        assertThat(schema.validate(times("1", "P1H", "10:15"))).hasSize(3);
        assertThat(schema.validate(times("P1Y", "", "10:15+1"))).hasSize(3);
    }

    private static JsonNode times(String duration, String period, String clock) {
        return MAPPER.createObjectNode()
                .put("duration", duration)
                .put("period", period)
                .put("clock", clock)
                .put("time", "10:15");
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Bounded(
            List<@Size(max = 2) String> names,
            Map<String, @Size(min = 1) List<String>> lists,
            @Size(max = 1) String[] few,
            @NotBlank @Pattern(regexp = "[a-z ]*") String word) {}

    @Test
    void holdsTheBoundsOfItemsToo() throws Exception {
        assertThat(refused(Bounded.class, "{'names': ['ab'], 'lists': {'a': ['']}, 'few': ['long'], 'word': 'a b'}"))
                .isEmpty();
        assertThat(refused(Bounded.class, "{'names': ['abc'], 'lists': {'a': []}, 'few': ['', ''], 'word': ' '}"))
                .containsExactly("/names/0 maxLength", "/lists/a minItems", "/few maxItems", "/word pattern");
        assertThat(refused(Bounded.class, "{'names': [], 'lists': {}, 'few': [], 'word': 'A'}"))
                .containsExactly("/word pattern");
    }

    record HasGetter(int a) {
        public int getB() {
            return 1;
        }
    }

    record Valued(@JsonValue String text) {}

    record HoldsValued(Valued valued) {}

    record Unwrapping(@JsonUnwrapped Snake snake) {}

    record Formatted(
            @JsonFormat(shape = JsonFormat.Shape.STRING) int number) {}

    record Serialized(
            @JsonSerialize(using = ToStringSerializer.class) long id) {}

    record Open(@JsonAnyGetter Map<String, String> more) {}

    record Delegating(String text) {
        @JsonCreator
        static Delegating of(String text) {
            return new Delegating(text);
        }
    }

    record Typed(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}

    record Flagged(
            @Pattern(regexp = "a", flags = Pattern.Flag.CASE_INSENSITIVE)
            String text) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record ByClass(int a) {}

    @Test
    void refusesWhatJacksonGivesAnotherForm() {
        assertRefused(HasGetter.class, "Jackson also writes \"b\"");
        assertRefused(HoldsValued.class, "@JsonValue of");
        assertRefused(Unwrapping.class, "@JsonUnwrapped of");
        assertRefused(Formatted.class, "component number of");
        assertRefused(Serialized.class, "@JsonSerialize of");
        assertRefused(Open.class, "@JsonAnyGetter of");
        assertRefused(Delegating.class, "@JsonCreator of");
        assertRefused(Typed.class, "@JsonTypeInfo belongs to its type");
        assertRefused(Flagged.class, "flags of @Pattern are not described");
        assertRefused(ByClass.class, "needs @JsonTypeInfo(use = NAME)");
    }

    private static void assertRefused(Class<?> type, String message) {
        assertThatThrownBy(() -> Schemas.of(type))
                .as(type.getSimpleName())
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining(message);
    }

    record Plain(
            @JsonFormat(shape = JsonFormat.Shape.STRING) java.time.Instant at) {}

    @Test
    void takesAFormatThatChangesNothing() {
        assertThat(Schemas.of(Plain.class).validate(MAPPER.createObjectNode().set("at", TextNode.valueOf("x"))))
                .extracting(Violation::keyword)
                .containsExactly("format");
    }
}
