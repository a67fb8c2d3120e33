package io.betrue.config;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A group whose settings a test declares on the spot. */
final class TestGroup extends ConfigGroup {
    TestGroup(Environment env, Consumer<TestGroup> declarations) {
        super("Test", env);
        declarations.accept(this);
    }

    static TestGroup of(Environment env, Consumer<TestGroup> declarations) {
        return new TestGroup(env, declarations);
    }

    static TestGroup of(Map<String, String> variables, Consumer<TestGroup> declarations) {
        return new TestGroup(Environment.of(variables), declarations);
    }

    /** {@return the setting X with this value, or unset} */
    static TestGroup x(@Nullable String value, Consumer<Item> declaration) {
        return of(value == null ? Map.of() : Map.of("X", value), group -> declaration.accept(group.item("X")));
    }

    Item item(String name) {
        return env(name);
    }

    String chosenProfile() {
        return profile();
    }

    void mustWhen(String name, String other, java.util.function.BooleanSupplier condition) {
        requiredWhen(name, other, condition);
    }

    void oneOf(String... names) {
        exactlyOneOf(names);
    }

    void must(String requirement, java.util.function.BooleanSupplier holds, String... names) {
        rule(requirement, holds, names);
    }

    List<String> problems() {
        return errors().stream().map(ConfigFault::problem).toList();
    }

    List<String> names() {
        return errors().stream().map(ConfigFault::name).toList();
    }
}
