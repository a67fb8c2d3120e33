package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders templates in tests: a mount with a few files, values and functions. */
final class TemplateBench implements TemplateScope {
    private final String prefix;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, TemplateFunction> functions = new HashMap<>();
    final List<@Nullable FileVersion> asked = new ArrayList<>();

    TemplateBench(String prefix) {
        this.prefix = prefix;
    }

    TemplateBench value(String name, Object value) {
        values.put(name, value);
        return this;
    }

    TemplateBench function(String name, TemplateFunction function) {
        functions.put(name, function);
        return this;
    }

    String render(String path, String text) {
        Faults faults = new Faults();
        String out = render(path, text, faults);
        assertThat(faults.all()).isEmpty();
        assertThat(out).isNotNull();
        return String.valueOf(out);
    }

    /** {@return the faults as {@code 1:4 message}} */
    List<String> faults(String path, String text) {
        Faults faults = new Faults();
        String out = render(path, text, faults);
        assertThat(out == null)
                .as("no text after a fault, and text without one")
                .isEqualTo(!faults.all().isEmpty());
        return faults.all().stream()
                .map(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                .toList();
    }

    @Nullable
    String render(String path, String text, Faults faults) {
        return Template.parse(path, text, faults).render(this, faults);
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public Map<String, Object> values() {
        return values;
    }

    @Override
    public Map<String, TemplateFunction> functions() {
        return functions;
    }

    @Override
    public @Nullable String fileUrl(String path, @Nullable FileVersion version) {
        asked.add(version);
        if (!List.of("any-file.txt", "css/a.css", "img/logo.svg").contains(path)) {
            return null;
        }
        return prefix + "/" + path + (version == FileVersion.FINGERPRINT ? "?v=3f2a" : "");
    }
}
