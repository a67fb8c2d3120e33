package io.betrue.errors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares the texts of all languages with the codes that they belong to. */
final class MessageCheck {
    private final Collection<ErrorCode> codes;
    private final Map<String, Map<String, String>> languages;
    private final String english;
    private final List<String> faults = new ArrayList<>();

    MessageCheck(Collection<ErrorCode> codes, Map<String, Map<String, String>> languages, String english) {
        this.codes = codes;
        this.languages = languages;
        this.english = english;
    }

    List<String> faults() {
        Map<String, String> fields = new TreeMap<>();
        languages.forEach((language, texts) -> texts.keySet().stream()
                .filter(key -> key.startsWith("field."))
                .forEach(key -> fields.putIfAbsent(key, texts.get(key))));
        languages.forEach((language, texts) -> {
            Set<String> known = new HashSet<>(fields.keySet());
            boolean complete = !language.equals(english);
            for (ErrorCode code : codes) {
                ErrorDefinition definition = code.definition();
                known.add(code.name() + ".title");
                compare(language, code.name() + ".title", definition.title(), texts, complete);
                if (definition.detail() != null) {
                    known.add(code.name() + ".detail");
                    compare(language, code.name() + ".detail", definition.detail(), texts, complete);
                }
            }
            fields.forEach((key, text) -> compare(language, key, text, texts, complete));
            texts.keySet().stream()
                    .filter(key -> !known.contains(key))
                    .forEach(key -> faults.add(language + ": " + key + " belongs to no code of this catalogue"));
        });
        return List.copyOf(faults);
    }

    private void compare(String language, String key, String original, Map<String, String> texts, boolean required) {
        @Nullable String text = texts.get(key);
        if (text == null || text.isEmpty()) {
            if (required) {
                faults.add(language + ": " + key + " is missing (\"" + original + "\")");
            }
            return;
        }
        Set<String> expected = Templates.parameters(original);
        Set<String> actual = Templates.parameters(text);
        if (!expected.equals(actual)) {
            faults.add(language + ": " + key + " has the parameters " + actual + ", expected " + expected);
        }
    }
}
