package io.betrue.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What can be wrong with the declarations themselves, whatever the sources have. */
final class Declarations {
    private final Map<String, Spec> specs;
    private final List<Spec> twins;

    Declarations(Map<String, Spec> specs, List<Spec> twins) {
        this.specs = specs;
        this.twins = twins;
    }

    void addFaults(List<ConfigFault> faults) {
        for (Spec twin : twins) {
            Spec first = specs.get(twin.name);
            if (first != null && !first.typeName().equals(twin.typeName())) {
                faults.add(fault(
                        twin,
                        "is declared as " + twin.typeName() + " here and as " + first.typeName() + " in \""
                                + first.scope.title() + "\""));
            } else if (first != null && first.isSecret() != twin.isSecret()) {
                faults.add(fault(
                        twin, "is secret in one of two declarations only: \"" + first.scope.title() + "\" and here"));
            }
        }
        for (Spec spec : specs.values()) {
            if (spec.name.endsWith(Sources.FILE)) {
                Spec base = specs.get(spec.name.substring(0, spec.name.length() - Sources.FILE.length()));
                if (base != null && base.fileVariable) {
                    faults.add(fault(
                            base,
                            "would be read from the file named by " + spec.name
                                    + ", which is a setting of its own: declare it withoutFileVariable()"));
                }
            }
        }
    }

    private static ConfigFault fault(Spec spec, String problem) {
        return new ConfigFault(spec.scope.title(), spec.name, problem, null, "declaration", null);
    }

    /** {@return the row for a constructor that threw although every setting is sound} */
    static ConfigFault constructorFault(RuntimeException thrown, Collection<Spec> specs) {
        boolean secrets = false;
        for (Spec spec : specs) {
            secrets |= spec.isSecret();
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        String where = frames.length == 0 ? "" : " at " + frames[0];
        // The message may repeat a secret that the constructor revealed.
        String what = secrets ? thrown.getClass().getName() : thrown.toString();
        return new ConfigFault("Construction", "constructor", "threw " + what + where, null, "", null);
    }
}
