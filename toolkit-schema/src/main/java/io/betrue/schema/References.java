package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Follows the {@code $ref} of all schemas, and refuses those that lead nowhere, in a circle, or to far too much work. */
final class References {
    /** The most schemas that may apply to one and the same value. */
    static final long MOST_AT_ONE_VALUE = 10_000;

    /** The most of them that lead from one to the next; the engine goes into each in turn, and its thread has only so much stack. */
    static final int MOST_IN_A_ROW = 500;

    private final Resources resources;
    private final Faults faults;
    private final Map<String, Place> targets = new HashMap<>();
    private final Map<String, Long> work = new HashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private boolean toldLong;

    References(Resources resources, Faults faults) {
        this.resources = resources;
        this.faults = faults;
    }

    /** Finds what the {@code $ref} of a schema means. */
    void follow(Place place) {
        JsonNode reference = place.node().path("$ref");
        if (!reference.isTextual()) {
            return;
        }
        Place target = resources.find(place, reference.textValue());
        if (target == null) {
            fault(place, "refers to \"" + reference.textValue() + "\", which is not among the registered schemas");
        } else if (target.document().draft() != place.document().draft()) {
            fault(
                    place,
                    "refers to a schema of another draft, "
                            + target.document().draft().uri());
        } else {
            targets.put(place.key(), target);
        }
    }

    /** {@return what the {@code $ref} of a schema means} */
    Place target(Place place) {
        return java.util.Objects.requireNonNull(targets.get(place.key()));
    }

    /** Refuses circles in which the value stays the same, and the sum of what is asked of one value. */
    void checkCircles() {
        for (Place place : new ArrayList<>(resources.places())) {
            work(place);
        }
    }

    private long work(Place place) {
        Long known = work.get(place.key());
        if (known != null) {
            return known;
        }
        if (!open.add(place.key())) {
            fault(place, "asks for itself without going into the value: " + circle(place.key()));
            return 0;
        }
        if (open.size() > MOST_IN_A_ROW) {
            if (!toldLong) {
                fault(place, "comes behind more than " + MOST_IN_A_ROW + " others on one value; refer to it directly");
            }
            toldLong = true;
            open.remove(place.key());
            return 0;
        }
        long sum = 1;
        for (Place next : sameValue(place)) {
            long part = work(next);
            if (sum <= MOST_AT_ONE_VALUE && sum + part > MOST_AT_ONE_VALUE) {
                fault(place, "puts more than " + MOST_AT_ONE_VALUE + " schemas on one value");
            }
            sum = Math.min(sum + part, MOST_AT_ONE_VALUE + 1);
        }
        open.remove(place.key());
        // it is told once, where the bound is passed
        long told = sum > MOST_AT_ONE_VALUE ? 0 : sum;
        work.put(place.key(), told);
        return told;
    }

    private List<Place> sameValue(Place place) {
        List<Place> next = new ArrayList<>();
        Place target = targets.get(place.key());
        if (target != null) {
            next.add(target);
        }
        SubSchemas.each(place, (keyword, inside) -> {
            if (Keywords.sameValue().contains(keyword)) {
                next.add(inside);
            }
        });
        return next;
    }

    private String circle(String start) {
        return open.stream().dropWhile(key -> !key.equals(start)).collect(Collectors.joining(" -> ")) + " -> " + start;
    }

    private void fault(Place place, String message) {
        String pointer = place.node().has("$ref") ? Pointers.child(place.pointer(), "$ref") : place.pointer();
        faults.add(place.document(), pointer, message);
    }
}
