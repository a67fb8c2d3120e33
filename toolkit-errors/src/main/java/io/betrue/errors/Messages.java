package io.betrue.errors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The texts of codes by language; English is what the codes themselves say, unless a bundle replaces it. */
final class Messages {
    private static final Locale DEFAULT = Locale.ENGLISH;
    private static final String STANDARD = "io.betrue.errors.standard-errors";
    private static final int MAX_HEADER = 1000;

    /** By language tag: the merged files. */
    private final Map<String, Map<String, String>> languages;

    private Messages(Map<String, Map<String, String>> languages) {
        this.languages = languages;
    }

    /** English and Russian for the standard codes. */
    static Messages standard() {
        return Standard.MESSAGES;
    }

    /** Read once: catalogues are made often in tests. */
    private static final class Standard {
        static final Messages MESSAGES = new Messages(Map.of()).and(STANDARD, DEFAULT, Locale.forLanguageTag("ru"));
    }

    Messages and(String base, Locale... added) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>(languages);
        for (Locale language : added) {
            Map<String, String> texts = new LinkedHashMap<>(all.getOrDefault(language.toLanguageTag(), Map.of()));
            texts.putAll(BundleFile.read(base, language));
            all.put(language.toLanguageTag(), texts);
        }
        return new Messages(all);
    }

    Locale choose(ErrorCode code, @Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > MAX_HEADER) {
            return DEFAULT;
        }
        List<String> spoken = new ArrayList<>();
        spoken.add(DEFAULT.toLanguageTag());
        languages.forEach((tag, texts) -> {
            if (texts.containsKey(code.name() + ".title") && !spoken.contains(tag)) {
                spoken.add(tag);
            }
        });
        try {
            String tag = Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), spoken);
            return tag == null ? DEFAULT : Locale.forLanguageTag(tag);
        } catch (IllegalArgumentException malformed) {
            return DEFAULT;
        }
    }

    /** Puts the code's own texts into a language; texts of the occurrence stay. */
    void translate(ProblemMembers members, Locale language) {
        Map<String, String> texts = languages.getOrDefault(language.toLanguageTag(), Map.of());
        ErrorDefinition definition = members.code.definition();
        String title = texts.get(members.code.name() + ".title");
        if (title != null && members.title.equals(definition.title())) {
            members.title = title;
        }
        String detail = texts.get(members.code.name() + ".detail");
        if (detail != null && Objects.equals(members.detail, Templates.render(definition.detail(), members))) {
            members.detail = Templates.render(detail, members);
        }
        members.errors.replaceAll(error -> translate(error, texts));
    }

    /** Puts a field error into a language. Where there is no English text for its code, its detail is that text, made by whoever found it. */
    private FieldError translate(FieldError error, Map<String, String> texts) {
        String key = "field." + error.code();
        String template = texts.get(key);
        if (template == null) {
            return error;
        }
        Map<String, String> defaults = languages.getOrDefault(DEFAULT.toLanguageTag(), Map.of());
        String english = defaults.get(key);
        boolean own =
                error.detail() == null || english == null || error.detail().equals(render(english, error, defaults));
        String text = own ? render(template, error, texts) : null;
        return text == null ? error : error.detail(text);
    }

    private static @Nullable String render(String template, FieldError error, Map<String, String> texts) {
        return Templates.replace(
                template,
                name -> {
                    Object value = error.parameters().get(name);
                    return value == null ? null : word("field." + error.code() + ".", value, texts);
                },
                false);
    }

    /** A value as people read it: by its own text where there is one, a list with commas. */
    private static String word(String prefix, @Nullable Object value, Map<String, String> texts) {
        if (value instanceof List<?> list) {
            return list.stream().map(item -> word(prefix, item, texts)).collect(Collectors.joining(", "));
        }
        String text = value instanceof Map<?, ?> map
                ? new String(ProblemWriter.write(map, false), StandardCharsets.UTF_8)
                : String.valueOf(value);
        return texts.getOrDefault(prefix + text, text);
    }

    List<String> verify(Collection<ErrorCode> codes) {
        return new MessageCheck(codes, languages, DEFAULT.toLanguageTag()).faults();
    }
}
