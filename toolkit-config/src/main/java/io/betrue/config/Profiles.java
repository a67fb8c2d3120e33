package io.betrue.config;

import java.util.List;
import java.util.function.Function;

/** The setting that chooses the profile; declared when a setting first asks for one. */
final class Profiles {
    private Profiles() {}

    static Spec declare(Session session, Environment env) {
        List<String> names = env.profiles();
        Spec spec = session.openFirst("Profile").declare(env.profileVariable());
        new Item(spec)
                .describedAs("Profile that chooses defaults and what is required")
                .orElse(names.get(0))
                .as(ValueType.options(names, new Function<String, String>() {
                    @Override
                    public String apply(String text) {
                        for (String name : names) {
                            if (name.equalsIgnoreCase(text)) {
                                return name;
                            }
                        }
                        throw new Refusal(TextTypes.notOneOf(text, names));
                    }
                }));
        return spec;
    }

    // A misspelt profile is a fault of its own; meanwhile the others are judged as in the one that was probably meant.
    static String name(Spec spec, List<String> names) {
        Raw raw = spec.raw;
        if (spec.value instanceof String name) {
            return name;
        }
        String near = raw == null ? null : Names.nearest(raw.text().strip(), names);
        return near == null ? names.get(0) : near;
    }
}
