package io.betrue.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A rule across settings; speaks only when every setting it is about is sound. */
abstract sealed class Rule {
    private final List<Spec> inputs;

    private Rule(List<Spec> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /** {@return what is wrong, or null} */
    abstract @Nullable String problem(List<Spec> inputs);

    /** {@return the settings of the row} */
    List<Spec> subjects(List<Spec> all) {
        return all;
    }

    void check(Scope scope, List<ConfigFault> faults) {
        for (Spec input : inputs) {
            if (!input.isSound()) {
                return;
            }
        }
        String problem;
        try {
            problem = problem(inputs);
        } catch (RuntimeException e) {
            if (!faults.isEmpty() || scope.session().hasFaultyItem()) {
                return; // it looked at a setting it does not name, and that one is faulty
            }
            problem = "could not be checked: the rule threw " + e.getClass().getName();
        }
        if (problem != null) {
            faults.add(row(scope, subjects(inputs), problem));
        }
    }

    private static ConfigFault row(Scope scope, List<Spec> subjects, String problem) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<String> origins = new ArrayList<>();
        for (Spec spec : subjects) {
            names.add(spec.name);
            Raw raw = spec.raw;
            if (raw != null) {
                values.add(String.valueOf(scope.session().shownValue(spec)));
                if (!origins.contains(raw.origin())) {
                    origins.add(raw.origin());
                }
            }
        }
        String example = subjects.size() == 1 ? subjects.get(0).anyExample() : null;
        String value = values.isEmpty() ? null : String.join(", ", values);
        return new ConfigFault(
                scope.title(), String.join(", ", names), problem, value, String.join(", ", origins), example);
    }

    /** One setting must be set when a condition on another holds. */
    static final class RequiredWhen extends Rule {
        private final BooleanSupplier condition;

        RequiredWhen(Spec target, Spec other, BooleanSupplier condition) {
            super(List.of(target, other));
            this.condition = condition;
        }

        @Override
        @Nullable
        String problem(List<Spec> inputs) {
            Spec other = inputs.get(1);
            if (inputs.get(0).isSet() || !condition.getAsBoolean()) {
                return null;
            }
            String value = other.scope.session().shownValue(other);
            return "is required when " + other.name + " is " + (value == null ? "unset" : value);
        }

        @Override
        List<Spec> subjects(List<Spec> all) {
            return all.subList(0, 1);
        }
    }

    /** Of several settings one must be set, and no other. */
    static final class ExactlyOneOf extends Rule {
        ExactlyOneOf(List<Spec> inputs) {
            super(inputs);
        }

        @Override
        @Nullable
        String problem(List<Spec> inputs) {
            List<String> set = new ArrayList<>();
            for (Spec input : inputs) {
                if (input.isSet()) {
                    set.add(input.name);
                }
            }
            if (set.size() == 1) {
                return null;
            }
            return "exactly one of them must be set, "
                    + (set.isEmpty() ? "none is" : "set are " + String.join(" and ", set));
        }
    }

    /** A condition in the author's words, in which <code>{NAME}</code> stands for a setting's full name. */
    static final class Condition extends Rule {
        private final String requirement;
        private final BooleanSupplier holds;

        Condition(List<Spec> inputs, String requirement, BooleanSupplier holds) {
            super(inputs);
            this.requirement = requirement;
            this.holds = holds;
        }

        @Override
        @Nullable
        String problem(List<Spec> inputs) {
            if (holds.getAsBoolean()) {
                return null;
            }
            String text = requirement;
            for (Spec input : inputs) {
                text = text.replace("{" + input.template + "}", input.name);
            }
            return text;
        }
    }
}
