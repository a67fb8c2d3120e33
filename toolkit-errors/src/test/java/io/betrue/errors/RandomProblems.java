package io.betrue.errors;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes problems of every shape from a seed. */
final class RandomProblems {
    private static final String[] TEXTS = {
        "",
        "plain",
        "\"quoted\\\"",
        "line\nbreak\u0000\u001f",
        "Ünïcödé",
        "деньги",
        "😀 face",
        "lone \uD83D high",
        "lone \uDE00 low",
        "</script>",
        "\u2028",
        "{left}"
    };
    private static final ErrorCode[] CODES = {
        ShopError.OUT_OF_STOCK,
        ShopError.SHOP_CLOSED,
        StandardError.VALIDATION_FAILED,
        StandardError.RATE_LIMITED,
        new ForeignCode("UNHEARD_OF", ErrorDefinition.of(418, "Teapot")),
        new ForeignCode("card.declined-9", ErrorDefinition.of(402, "Declined"))
    };

    private final Random random;

    RandomProblems(long seed) {
        this.random = new Random(seed);
    }

    Problem next() {
        Problem.Builder builder = CODES[random.nextInt(CODES.length)].problem();
        if (random.nextBoolean()) {
            builder.detail(text());
        }
        if (random.nextBoolean()) {
            builder.status(400 + random.nextInt(200));
        }
        if (random.nextBoolean()) {
            builder.instance(URI.create("/things/" + random.nextInt()));
        }
        if (random.nextBoolean()) {
            builder.traceId(TraceId.random());
        }
        if (random.nextBoolean()) {
            builder.retryAfter(Duration.ofMillis(random.nextInt(1_000_000)));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            builder.with("ext" + random.nextInt(20), value(0));
        }
        for (int i = random.nextInt(10) == 0 ? 101 : random.nextInt(4); i > 0; i--) {
            builder.error(fieldError());
        }
        return builder.build();
    }

    private FieldError fieldError() {
        FieldError error = switch (random.nextInt(5)) {
            case 0 -> FieldError.query(text(), "REQUIRED");
            case 1 -> FieldError.header("If-Match", "own.code-1");
            case 2 -> FieldError.cookie("lang", "INVALID");
            case 3 -> FieldError.path("id", "WRONG_TYPE");
            default -> FieldError.body(random.nextBoolean() ? "" : "/" + text(), "TOO_SMALL");
        };
        error = random.nextBoolean() ? error.detail(text()) : error;
        error = random.nextBoolean() ? error.with("minimum", value(0)) : error;
        return random.nextBoolean() ? error.rejected(value(3)) : error;
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth < 3 ? 12 : 10)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> new BigInteger(300, random).negate();
            case 4 -> random.nextGaussian() * 1e10;
            case 5 -> random.nextFloat();
            case 6 -> new BigDecimal(new BigInteger(100, random), random.nextInt(100) - 50);
            case 7 -> new BigDecimal("0.10");
            case 8, 9 -> text();
            case 10 -> list(depth + 1);
            default -> map(depth + 1);
        };
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(random.nextInt(5) == 0 ? null : value(depth));
        }
        return list;
    }

    private Map<String, Object> map(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text() + i, random.nextInt(5) == 0 ? null : value(depth));
        }
        return map;
    }
}
