package io.betrue.errors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    private FieldError translate(FieldError error, Map<String, String> texts) {
        String template = texts.get("field." + error.code());
        if (template == null) {
            return error;
        }
        String english =
                languages.getOrDefault(DEFAULT.toLanguageTag(), Map.of()).get("field." + error.code());
        boolean own = error.detail() == null || error.detail().equals(render(english, error));
        String text = own ? render(template, error) : null;
        return text == null ? error : error.detail(text);
    }

    private static @Nullable String render(@Nullable String template, FieldError error) {
        return template == null
                ? null
                : Templates.replace(
                        template,
                        name -> error.parameters().get(name) == null
                                ? null
                                : String.valueOf(error.parameters().get(name)),
                        false);
    }

    List<String> verify(Collection<ErrorCode> codes) {
        return new MessageCheck(codes, languages, DEFAULT.toLanguageTag()).faults();
    }
}
