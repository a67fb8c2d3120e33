package io.betrue.examples.microservices;

import io.betrue.examples.microservices.OtlpCollector.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A trace that a browser begins, as far as its spans have come to the collector. */
final class BrowserTrace {
    private static final String BROWSER = "b7ad6b7169203331";

    private final OtlpCollector collector;
    private final String id;

    BrowserTrace(OtlpCollector collector, String id) {
        this.collector = collector;
        this.id = id;
    }

    /** {@return what the browser sends along} */
    String parent() {
        return "00-" + id + "-" + BROWSER + "-01";
    }

    List<Span> spans() {
        return collector.ofTrace(id);
    }

    boolean has(String name) {
        return spans().stream().anyMatch(span -> span.name().contains(name));
    }

    /** {@return the first span with a text in its name} */
    Span span(String name) {
        return spans().stream()
                .filter(span -> span.name().contains(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@return spans whose parent is nowhere} */
    List<String> strays() {
        List<Span> all = spans();
        Set<String> ids = all.stream().map(Span::id).collect(Collectors.toSet());
        ids.add(BROWSER);
        return all.stream()
                .filter(span -> !ids.contains(span.parent()))
                .map(Span::title)
                .toList();
    }

    /** {@return from the browser's own span down to one, each the parent of the next} */
    List<String> way(Span last) {
        Map<String, Span> byId =
                spans().stream().collect(Collectors.toMap(Span::id, Function.identity(), (one, two) -> one));
        List<String> way = new ArrayList<>();
        String at = last.id();
        while (byId.containsKey(at)) {
            way.add(0, byId.get(at).title());
            at = byId.get(at).parent();
        }
        way.add(0, at.equals(BROWSER) ? "browser" : "nobody");
        return way;
    }
}
