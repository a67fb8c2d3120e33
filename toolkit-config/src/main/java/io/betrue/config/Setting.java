package io.betrue.config;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A setting while it is being declared: what is known of it whatever its type.
 * <p>Belongs to the group that declares it; not safe for use by multiple threads.
 *
 * @param <S> the kind of setting, so that declarations chain
 */
public abstract sealed class Setting<S extends Setting<S>> permits Item, OptionalItem {
    final Spec spec;

    Setting(Spec spec) {
        this.spec = spec;
    }

    abstract S self();

    /**
     * Says what the setting is for.
     *
     * @param description one sentence for the documentation
     * @return this setting
     */
    public S describedAs(String description) {
        spec.description = description;
        return self();
    }

    /**
     * Gives a value that would do, for the error table and the documentation.
     *
     * @param example the value; shown even when the setting is secret
     * @return this setting
     */
    public S example(String example) {
        spec.example = example;
        return self();
    }

    /**
     * Never shows the value or the default: not in errors, not in the documentation.
     *
     * @return this setting
     */
    public S secret() {
        spec.secret = true;
        return self();
    }

    /**
     * Takes an empty text as a value instead of as unset; for texts, and for lists, where it is the empty list.
     *
     * @return this setting
     */
    public S allowEmpty() {
        spec.allowEmpty = true;
        return self();
    }

    /**
     * Sets what stands between the elements of a list or set; a comma by default.
     *
     * @param separator the separator, not empty; a blank one separates at white space of any length
     * @return this setting
     * @throws IllegalArgumentException if the separator is empty
     */
    public S separatedBy(String separator) {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("the separator of " + spec.name + " must not be empty");
        }
        spec.separator = separator;
        return self();
    }

    /**
     * Limits the value, or each element, from below.
     *
     * @param least the least value allowed, as a value or as text: {@code 1}, {@code "10ms"}
     * @return this setting
     */
    public S atLeast(Object least) {
        spec.least = least;
        return self();
    }

    /**
     * Limits the value, or each element, from above.
     *
     * @param most the greatest value allowed, as a value or as text
     * @return this setting
     */
    public S atMost(Object most) {
        spec.most = most;
        return self();
    }

    /**
     * Limits the value, or each element, from both sides.
     *
     * @param least the least value allowed, as a value or as text
     * @param most the greatest value allowed, as a value or as text
     * @return this setting
     */
    public S between(Object least, Object most) {
        return atLeast(least).atMost(most);
    }

    /**
     * Gives the setting a default in one profile.
     *
     * @param profile the name of a profile
     * @param value the default there, as a value or as text
     * @return this setting
     * @throws IllegalArgumentException if there is no such profile
     */
    public S orElseIn(String profile, Object value) {
        spec.scope.session().requireProfile(profile);
        spec.fallbackIn(profile, value);
        return self();
    }

    /**
     * Takes the default away in some profiles: there a source must have the value.
     *
     * @param profiles the names of profiles
     * @return this setting
     * @throws IllegalArgumentException if one of them is no profile
     */
    public S requiredIn(String... profiles) {
        for (String profile : profiles) {
            spec.scope.session().requireProfile(profile);
        }
        spec.requireIn(List.of(profiles));
        return self();
    }

    /**
     * Does not read the value from the file that the variable {@code NAME_FILE} names; needed when {@code NAME_FILE} is
     * a setting of its own.
     *
     * @return this setting
     */
    public S withoutFileVariable() {
        spec.fileVariable = false;
        return self();
    }

    // The value; for a faulty or unset one whatever stands in for it, null if nothing can.
    @SuppressWarnings("unchecked")
    final <T> @Nullable T one(ValueType<T> type) {
        return (T) spec.scope.session().settle(spec, type, Spec.Shape.ONE);
    }

    @SuppressWarnings("unchecked")
    final <T> @Nullable List<T> list(ValueType<T> type) {
        return (List<T>) spec.scope.session().settle(spec, type, Spec.Shape.LIST);
    }

    @SuppressWarnings("unchecked")
    final <T> @Nullable Set<T> set(ValueType<T> type) {
        return (Set<T>) spec.scope.session().settle(spec, type, Spec.Shape.SET);
    }
}
