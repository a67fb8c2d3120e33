package io.betrue.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One section of the table and of the documentation: the settings of a group, and the rules across them. */
final class Scope {
    private final Session session;
    private final String title;
    private final String context;
    private final List<Spec> specs = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    Scope(Session session, String title, String context) {
        this.session = session;
        this.title = title;
        this.context = context;
    }

    Session session() {
        return session;
    }

    String title() {
        return title;
    }

    List<Spec> specs() {
        return specs;
    }

    Spec declare(String template) {
        Spec spec = new Spec(this, template, Names.resolve(template, context));
        specs.add(spec);
        session.register(spec);
        return spec;
    }

    void addRequiredWhen(String name, String other, BooleanSupplier condition) {
        rules.add(new Rule.RequiredWhen(find(name), find(other), condition));
    }

    void addExactlyOneOf(String... names) {
        rules.add(new Rule.ExactlyOneOf(findAll(names)));
    }

    void addRule(String requirement, BooleanSupplier holds, String... names) {
        rules.add(new Rule.Condition(findAll(names), requirement, holds));
    }

    private List<Spec> findAll(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("a rule must name the settings it is about");
        }
        List<Spec> found = new ArrayList<>(names.length);
        for (String name : names) {
            found.add(find(name));
        }
        return found;
    }

    // A group's rule names a setting as env() did; a set's rule names it in full.
    private Spec find(String name) {
        for (Spec spec : specs) {
            if (spec.template.equals(name)) {
                return spec;
            }
        }
        Spec spec = session.spec(name);
        if (spec == null) {
            throw new IllegalArgumentException("a rule of \"" + title + "\" names " + name
                    + ", which is not declared before it; a group's rule takes the name given to env()");
        }
        return spec;
    }

    /** {@return the faults of the settings in order of declaration, then those of the rules} */
    List<ConfigFault> faults() {
        List<ConfigFault> faults = new ArrayList<>();
        for (Spec spec : specs) {
            if (spec.type == null && session.thrown() == null) { // a constructor that threw was broken off there
                faults.add(new ConfigFault(
                        title,
                        spec.name,
                        "is declared without a type: end env() with an as…() method",
                        null,
                        "",
                        null));
            } else if (spec.problem != null) {
                faults.add(fault(spec, spec.problem));
            }
        }
        if (!session.isDocumenting()) {
            for (Rule rule : rules) {
                rule.check(this, faults);
            }
        }
        return faults;
    }

    private ConfigFault fault(Spec spec, String problem) {
        return new ConfigFault(
                title,
                spec.name,
                session.hint(spec, problem),
                session.shownValue(spec),
                spec.raw == null ? spec.emptyOrigin : spec.raw.origin(),
                spec.anyExample());
    }
}
