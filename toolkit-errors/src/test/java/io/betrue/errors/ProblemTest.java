package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void takesItsTextsAndStatusFromTheCode() {
        Problem problem = ShopError.OUT_OF_STOCK.problem().with("left", 3).build();

        assertThat(problem.code()).isSameAs(ShopError.OUT_OF_STOCK);
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.title()).isEqualTo("Out of stock");
        assertThat(problem.detail()).isEqualTo("Only 3 left.");
        assertThat(problem.type()).hasToString("/errors/OUT_OF_STOCK");
        assertThat(problem.extensions()).containsExactly(Map.entry("left", 3));
    }

    @Test
    void detailOfTheCodeIsLeftOutWhenAParameterIsMissing() {
        assertThat(ShopError.OUT_OF_STOCK.problem().build().detail()).isNull();
        assertThat(ShopError.OUT_OF_STOCK.problem().with("left", null).build().detail())
                .isNull();
    }

    @Test
    void ownDetailTakesArgumentsThenExtensions() {
        Problem problem = ShopError.OUT_OF_STOCK
                .problem()
                .detail("{left} of {sku}, {left} only, {nothing}", 3)
                .with("sku", "A-1")
                .build();

        assertThat(problem.detail()).isEqualTo("3 of A-1, 3 only, {nothing}");
        assertThat(problem.extensions()).containsOnlyKeys("sku");
    }

    @Test
    void refusesMoreArgumentsThanNames() {
        Problem.Builder builder = ShopError.OUT_OF_STOCK.problem().detail("Only {left}", 1, 2);
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("Only {left}");
    }

    @Test
    void valuesInADetailAreNotTemplatesThemselves() {
        Problem problem = ShopError.OUT_OF_STOCK
                .problem()
                .with("left", "{sku}")
                .with("sku", "secret")
                .build();
        assertThat(problem.detail()).isEqualTo("Only {sku} left.");
    }

    @Test
    void saysHowLongToWait() {
        Problem problem = StandardError.RATE_LIMITED
                .problem()
                .retryAfter(Duration.ofMillis(1500))
                .build();

        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(problem.detail()).isEqualTo("Try again in 2 seconds.");
    }

    @Test
    void refusesValuesOutOfRange() {
        Problem.Builder builder = StandardError.RATE_LIMITED.problem();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.retryAfter(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.retryAfter(Duration.ofDays(367)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.status(399));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.traceId("0".repeat(32)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.traceId(TRACE.toUpperCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code",
                "status",
                "traceId",
                "errors",
                "truncated",
                "retryAfter",
                "type",
                "title",
                "detail",
                "instance"
            })
    void extensionCannotHideAMember(String name) {
        Problem.Builder builder = StandardError.CONFLICT.problem();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.with(name, 1))
                .withMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a-b", "a b", "naïve"})
    void refusesExtensionNameThatIsNoWord(String name) {
        Problem.Builder builder = StandardError.CONFLICT.problem();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.with(name, 1))
                .withMessageContaining("\"" + name + "\"");
    }

    @Test
    void extensionsAreCopiedAndCannotBeChanged() {
        List<Object> list = new ArrayList<>(List.of(1));
        Map<String, Object> map = new HashMap<>(Map.of("list", list));
        Problem problem = StandardError.CONFLICT.problem().with("map", map).build();
        list.add(2);
        map.clear();

        assertThat(problem.extensions()).containsEntry("map", Map.of("list", List.of(1)));
        assertThat(problem.extensions()).isUnmodifiable();
        assertThat((Map<?, ?>) problem.extensions().get("map")).isUnmodifiable();
    }

    @Test
    void usualValuesBecomeJsonValues() {
        UUID id = new UUID(1, 2);
        Problem problem = StandardError.CONFLICT
                .problem()
                .with("day", DayOfWeek.MONDAY)
                .with("id", id)
                .with("at", Instant.EPOCH)
                .with("uri", URI.create("/a"))
                .with("list", new String[] {"a"})
                .with("long", 5L)
                .with("half", 0.5f)
                .build();

        assertThat(problem.extensions())
                .containsEntry("day", "MONDAY")
                .containsEntry("id", id.toString())
                .containsEntry("at", "1970-01-01T00:00:00Z")
                .containsEntry("uri", "/a")
                .containsEntry("list", List.of("a"))
                .containsEntry("long", 5)
                .containsEntry("half", new java.math.BigDecimal("0.5"));
    }

    @Test
    void numbersOfEveryKindHaveOneForm() {
        Problem problem = StandardError.CONFLICT
                .problem()
                .with("short", (short) 5)
                .with("byte", (byte) 5)
                .with("atomicInt", new java.util.concurrent.atomic.AtomicInteger(5))
                .with("atomicLong", new java.util.concurrent.atomic.AtomicLong(5))
                .with("bigInteger", java.math.BigInteger.valueOf(5))
                .with("bigDecimal", new java.math.BigDecimal("5"))
                .build();
        Problem longs = StandardError.CONFLICT
                .problem()
                .with("long", 1L << 40)
                .with("big", java.math.BigInteger.ONE.shiftLeft(40))
                .build();

        assertThat(problem.extensions().values()).hasSize(6).containsOnly(5);
        assertThat(longs.extensions().values()).hasSize(2).containsOnly(1L << 40);
    }

    @Test
    void mapsMayHaveConstantsAsKeysAndWaitsAsValues() {
        Problem problem = StandardError.CONFLICT
                .problem()
                .with("open", Map.of(DayOfWeek.MONDAY, Duration.ofHours(8)))
                .build();
        Problem.Builder builder = StandardError.CONFLICT.problem();

        assertThat(problem.extensions()).containsEntry("open", Map.of("MONDAY", "PT8H"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.with("open", Map.of(1, "one")))
                .withMessageContaining("\"open\"");
    }

    @Test
    void problemsAreEqualWhenTheirBodiesSayTheSame() {
        Problem problem = ShopError.OUT_OF_STOCK.problem().with("left", 3).build();

        assertThat(problem)
                .isEqualTo(ShopError.OUT_OF_STOCK.problem().with("left", 3L).build())
                .hasSameHashCodeAs(
                        ShopError.OUT_OF_STOCK.problem().with("left", 3L).build())
                .isNotEqualTo(ShopError.OUT_OF_STOCK.problem().with("left", 4).build())
                .isNotEqualTo(StandardError.CONFLICT.problem().with("left", 3).build())
                .hasToString("OUT_OF_STOCK: Only 3 left. (409)");
    }

    @Test
    void refusesValuesThatAreNoJsonAndNamesThem() {
        Problem.Builder builder = StandardError.CONFLICT.problem();
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.with("thread", Thread.currentThread()))
                .withMessageContaining("\"thread\"")
                .withMessageContaining("java.lang.Thread");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.with("nan", Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.with("big", new java.math.BigDecimal("1e999999")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.with("endless", endless))
                .withMessageContaining("16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.with("many", java.util.Collections.nCopies(1001, 1)))
                .withMessageContaining("1000");
    }

    @Test
    void hasAtMost100Extensions() {
        Problem.Builder builder = StandardError.CONFLICT.problem();
        for (int i = 0; i < 100; i++) {
            builder.with("x" + i, i);
        }
        builder.with("x0", "again");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.with("more", 1))
                .withMessageContaining("100");
    }

    @Test
    void longTextsAreCutBetweenCharacters() {
        String text = "x".repeat(4094) + "😀tail";
        Problem problem =
                StandardError.CONFLICT.problem().detail(text).with("text", text).build();

        assertThat(problem.detail()).isEqualTo("x".repeat(4094) + "…");
        assertThat(problem.extensions()).containsEntry("text", problem.detail());
    }

    @Test
    void keeps100FieldErrorsAndSaysThatThereWereMore() {
        Problem.Builder builder = StandardError.VALIDATION_FAILED.problem();
        for (int i = 0; i < 100; i++) {
            builder.error(FieldError.body("/" + i, "REQUIRED"));
        }
        assertThat(builder.build().truncated()).isFalse();

        Problem problem = builder.error(FieldError.body("/100", "REQUIRED")).build();

        assertThat(problem.errors())
                .hasSize(100)
                .last()
                .extracting(FieldError::at)
                .isEqualTo("/99");
        assertThat(problem.truncated()).isTrue();
        assertThat(new String(problem.toJson(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"truncated\":true");
    }

    @Test
    void bodyHasTheMembersOfTheRfc() {
        Problem problem = StandardError.VALIDATION_FAILED
                .problem()
                .detail("Two \"faults\"")
                .instance(URI.create("/orders/1"))
                .traceId(TRACE)
                .retryAfter(Duration.ofSeconds(5))
                .error(FieldError.body("/amount", "TOO_SMALL")
                        .detail("too small")
                        .with("minimum", "0.01")
                        .rejected(0))
                .error(FieldError.query("limit", "TOO_LARGE"))
                .with("currency", "EUR")
                .build();

        assertThat(new String(problem.toJson(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"/errors/VALIDATION_FAILED\",\"title\":\"Validation failed\",\"status\":422,"
                        + "\"detail\":\"Two \\\"faults\\\"\",\"instance\":\"/orders/1\",\"code\":\"VALIDATION_FAILED\","
                        + "\"traceId\":\"" + TRACE + "\",\"retryAfter\":5,\"errors\":["
                        + "{\"location\":\"body\",\"pointer\":\"/amount\",\"code\":\"TOO_SMALL\",\"detail\":\"too small\","
                        + "\"parameters\":{\"minimum\":\"0.01\"},\"rejected\":0},"
                        + "{\"location\":\"query\",\"name\":\"limit\",\"code\":\"TOO_LARGE\"}],\"currency\":\"EUR\"}");
    }

    @Test
    void exceptionCarriesTheProblemAndTheCauseStaysOutOfTheBody() {
        Throwable cause = new IllegalStateException("jdbc:postgresql://secret");
        ProblemException exception =
                StandardError.INTERNAL.problem().cause(cause).toException();

        assertThat(exception).hasCause(cause).hasMessage("INTERNAL: Internal error");
        assertThat(exception.code()).isEqualTo(StandardError.INTERNAL);
        assertThat(new String(exception.problem().toJson(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("secret")
                .doesNotContain("Exception");
    }

    @Test
    void codeChoosesTheTypeOfItsException() {
        assertThat(ShopError.OUT_OF_STOCK.problem().toException()).isInstanceOf(ShopError.OutOfStockException.class);
        assertThat(ShopError.SHOP_CLOSED.problem().toException()).isExactlyInstanceOf(ProblemException.class);
    }
}
