package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows every schema by its address, and finds what a {@code $ref} means among them. Nothing else is ever opened. */
final class Resources {
    private final Faults faults;
    private final Map<String, Place> byAddress = new HashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Deque<Place> fresh = new ArrayDeque<>();

    Resources(Faults faults) {
        this.faults = faults;
    }

    /** Adds a document under its address, or under one made of its name: {@code schemas:/order/create.json}. */
    void add(Document document) {
        add(document, document.address() == null ? address(document.name()) : document.address());
    }

    /** Adds a document under an address. */
    Place add(Document document, URI address) {
        Place root = new Place(document, "", document.root(), address);
        register(address.toString(), root);
        walk(root);
        return root;
    }

    private static URI address(String name) {
        try {
            return new URI("schemas", null, "/" + name + ".json", null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("schema name \"" + name + "\" cannot be part of an address", e);
        }
    }

    /** {@return the root of a document} */
    Place root(Document document) {
        return java.util.Objects.requireNonNull(places.get(document.file() + '#'));
    }

    /** {@return the same place with the base that was found for it} */
    Place known(Place place) {
        return places.getOrDefault(place.key(), place);
    }

    /** {@return the schemas found since this was last called; those that they refer to are found meanwhile} */
    @Nullable
    Place next() {
        return fresh.poll();
    }

    /** {@return all schemas found so far} */
    Collection<Place> places() {
        return Collections.unmodifiableCollection(places.values());
    }

    private void walk(Place place) {
        Place based = place.at(base(place));
        if (places.putIfAbsent(based.key(), based) == null) {
            fresh.add(based);
            SubSchemas.each(based, (keyword, inside) -> walk(inside));
        }
    }

    /** {@return the base of what stands in a schema: its identifier changes it} */
    private URI base(Place place) {
        JsonNode id = place.node().get(place.document().draft().idKeyword());
        if (id == null || !id.isTextual() || place.node().path("$ref").isTextual()) {
            return place.base();
        }
        String text = id.textValue();
        int hash = text.indexOf('#');
        String anchor = hash < 0 ? "" : text.substring(hash + 1);
        String path = hash < 0 ? text : text.substring(0, hash);
        URI base = place.base();
        if (!path.isEmpty()) {
            URI resolved = resolve(base, path);
            if (resolved == null) {
                fault(place, "is not a URI reference (RFC 3986)");
                return base;
            }
            base = resolved;
            register(base.toString(), place.at(base));
        }
        if (!anchor.isEmpty()) {
            register(base + "#" + anchor, place.at(base));
        }
        return base;
    }

    private void register(String address, Place place) {
        Place first = byAddress.putIfAbsent(address, place);
        if (first != null && !first.key().equals(place.key())) {
            String where = first.document().file() + (first.pointer().isEmpty() ? "" : " at " + first.pointer());
            fault(place, "is the identifier of " + where + " too; identifiers must differ");
        }
    }

    private void fault(Place place, String message) {
        faults.add(
                place.document(),
                Pointers.child(place.pointer(), place.document().draft().idKeyword()),
                message);
    }

    private static @Nullable URI resolve(URI base, String reference) {
        try {
            return base.resolve(new URI(reference)).normalize();
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /**
     * {@return the schema that a {@code $ref} means, or null if there is none}
     *
     * @param from the schema that has it
     * @param reference its value
     */
    @Nullable
    Place find(Place from, String reference) {
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        URI address = path.isEmpty() ? from.base() : resolve(from.base(), path);
        String fragment = hash < 0 ? "" : decode(reference.substring(hash + 1));
        if (address == null || fragment == null) {
            return null;
        }
        if (!fragment.isEmpty() && fragment.charAt(0) != '/') {
            resource(address.toString());
            return byAddress.get(address + "#" + fragment);
        }
        Place resource = resource(address.toString());
        return resource == null ? null : inside(resource, fragment);
    }

    private @Nullable Place resource(String address) {
        Place found = byAddress.get(address);
        if (found == null) {
            found = byAddress.get(address + ".json");
        }
        if (found == null) {
            Draft draft = Draft.of(address);
            found = draft == null ? null : add(MetaSchemas.of(draft), URI.create(address));
        }
        return found == null ? null : places.getOrDefault(found.key(), found);
    }

    private @Nullable Place inside(Place resource, String pointer) {
        Place at = resource;
        List<String> names = Pointers.names(pointer);
        for (String name : names) {
            JsonNode child =
                    at.node().isArray() ? item(at.node(), name) : at.node().get(name);
            if (child == null) {
                return null;
            }
            Place next = at.child(name, child);
            at = places.getOrDefault(next.key(), next);
        }
        if (!at.node().isObject() && !at.node().isBoolean()) {
            return null;
        }
        // a place where no schema was looked for, such as $defs in draft 7
        walk(at);
        return places.get(at.key());
    }

    private static @Nullable JsonNode item(JsonNode array, String index) {
        boolean number =
                index.length() < 10 && !index.isEmpty() && index.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? array.get(Integer.parseInt(index)) : null;
    }

    private static @Nullable String decode(String fragment) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
