package io.betrue.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns sources into schemas, and collects what is wrong with them. Used once. */
final class Loader {
    private final SchemasConfig config;
    private final Faults faults;
    private final Words words;

    Loader(SchemasConfig config, Faults faults) {
        this.config = config;
        this.faults = faults;
        this.words = new Words(config.formats(), config.trustedPatterns());
    }

    /** {@return the schemas, by name; of no use if there are faults} */
    Map<String, Schema> load() {
        List<Document> documents = read();
        Resources resources = new Resources(faults);
        documents.forEach(resources::add);
        References references = new References(resources, faults);
        SchemaChecker checker = new SchemaChecker(words, faults);
        for (Place place = resources.next(); place != null; place = resources.next()) {
            checker.check(place);
            references.follow(place);
        }
        references.checkCircles();
        Map<String, Schema> schemas = new HashMap<>();
        if (faults.count() == 0) {
            for (Document document : documents) {
                if (document.address() != null) {
                    continue;
                }
                Bundle bundle = new Bundler(resources, references, document).bundle();
                schemas.put(document.name(), new Schema(bundle, new Engine(bundle, words, Limits.DEFAULT)));
            }
        }
        return schemas;
    }

    private List<Document> read() {
        Map<String, Source> byName = new HashMap<>();
        List<Document> documents = new ArrayList<>();
        for (Source source : config.sources()) {
            Source first = byName.putIfAbsent(
                    source.address() == null ? source.name() : source.address().toString(), source);
            if (first != null) {
                faults.add(
                        source.file(),
                        "has the name \"" + source.name() + "\", which " + first.file() + " has already");
                continue;
            }
            if (source.address() == null && !source.name().matches("[^/]+(/[^/]+)*")) {
                faults.add(source.file(), "has the name \"" + source.name() + "\"; a name looks like order/create");
                continue;
            }
            Document document = parse(source);
            if (document != null) {
                documents.add(document);
            }
        }
        return documents;
    }

    private @Nullable Document parse(Source source) {
        try {
            JsonText.Parsed parsed = JsonText.parse(source.text());
            Document document = new Document(
                    source.name(), source.file(), source.address(), config.draft(), parsed.root(), parsed.positions());
            Draft draft = draft(document);
            return draft == null
                    ? null
                    : new Document(
                            source.name(), source.file(), source.address(), draft, parsed.root(), parsed.positions());
        } catch (JsonText.Malformed e) {
            faults.add(new SchemaFault(
                    source.file(), "", e.position().line(), e.position().column(), String.valueOf(e.getMessage())));
            return null;
        }
    }

    private @Nullable Draft draft(Document document) {
        JsonNode root = document.root();
        if (!root.isObject() && !root.isBoolean()) {
            faults.add(document, "", "is no schema; a schema is an object or a boolean");
            return null;
        }
        JsonNode named = root.get("$schema");
        if (named == null) {
            return config.draft();
        }
        Draft draft = named.isTextual() ? Draft.of(named.textValue()) : null;
        if (draft == null) {
            faults.add(
                    document,
                    "/$schema",
                    "names another draft than 4, 6 and 7; the newest of these is " + Draft.DRAFT_7.uri());
        }
        return draft;
    }
}
