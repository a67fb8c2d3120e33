package io.betrue.examples.loadclient;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** How often each kind of request is made, as whole weights. Immutable. */
final class Mix {
    private static final int MAX_WEIGHT = 1_000_000;

    private final Map<Kind, Integer> weights;
    private final int total;

    private Mix(Map<Kind, Integer> weights) {
        this.weights = weights;
        this.total = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (total < 1) {
            throw new IllegalArgumentException("a mix needs at least one kind with a weight above 0");
        }
    }

    /** {@return every kind with its own default weight} */
    static Mix standard() {
        Map<Kind, Integer> weights = new EnumMap<>(Kind.class);
        Arrays.stream(Kind.values()).forEach(kind -> weights.put(kind, kind.weight()));
        return new Mix(weights);
    }

    /**
     * {@return the mix that a text such as {@code deposit=3,withdraw=1} describes; kinds that are not named are not made}
     *
     * @throws IllegalArgumentException if a kind is unknown, is named twice, or a weight is not 0..1000000
     */
    static Mix parse(String text) {
        Map<Kind, Integer> weights = new EnumMap<>(Kind.class);
        for (String part : text.split(",", -1)) {
            String[] sides = part.split("=", -1);
            if (sides.length != 2) {
                throw new IllegalArgumentException("\"" + part + "\" is not kind=weight, such as deposit=3");
            }
            Kind kind = Kind.of(sides[0].trim());
            if (weights.put(kind, weight(sides[1].trim())) != null) {
                throw new IllegalArgumentException(kind.label() + " stands twice in the mix");
            }
        }
        return new Mix(weights);
    }

    private static int weight(String text) {
        if (!text.matches("[0-9]{1,7}") || Integer.parseInt(text) > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight \"" + text + "\" is not a whole number 0.." + MAX_WEIGHT);
        }
        return Integer.parseInt(text);
    }

    /** {@return a kind by chance, as often as its weight says} */
    Kind pick(Random random) {
        int left = random.nextInt(total);
        for (Map.Entry<Kind, Integer> entry : weights.entrySet()) {
            left -= entry.getValue();
            if (left < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("the weights do not add up to " + total);
    }
}
