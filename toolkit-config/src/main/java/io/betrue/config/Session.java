package io.betrue.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One load: collects every group and setting that is constructed during it, and what is wrong with them. */
final class Session {
    private final Environment env;
    private final boolean guarded;
    private final boolean documenting;
    private final Sources sources;
    private final Reader reader;
    private final List<Scope> scopes = new ArrayList<>();
    private final Map<String, Spec> specs = new LinkedHashMap<>();
    private final List<Spec> twins = new ArrayList<>();
    private boolean ended;
    private @Nullable Spec profile;
    private @Nullable RuntimeException thrown;

    private Session(Environment env, boolean guarded, boolean documenting) {
        this.env = env;
        this.guarded = guarded;
        this.documenting = documenting;
        this.sources = documenting ? Sources.none() : Sources.read(env);
        this.reader = new Reader(this, sources, env.isExpanding());
    }

    /** {@return a load whose constructors may throw: faults are reported first} */
    static Session guarded(Environment env) {
        return new Session(env, true, false);
    }

    /** {@return a load that a constructor was called for directly} */
    static Session unguarded(Environment env) {
        return new Session(env, false, false);
    }

    /** {@return a load that reads no source and judges nothing} */
    static Session documenting(Environment env) {
        return new Session(env, true, true);
    }

    Scope open(String title, String context) {
        Scope scope = new Scope(this, title, context);
        scopes.add(scope);
        return scope;
    }

    Scope openFirst(String title) {
        Scope scope = new Scope(this, title, "");
        scopes.add(0, scope);
        return scope;
    }

    void register(Spec spec) {
        if (ended) {
            throw new IllegalStateException(
                    spec.name
                            + " is asked for after the load has ended: declare settings, and call profile(), in the constructor");
        }
        if (specs.putIfAbsent(spec.name, spec) != null) {
            twins.add(spec);
        }
    }

    @Nullable
    Spec spec(String name) {
        return specs.get(name);
    }

    @Nullable
    Object settle(Spec spec, ValueType<?> type, Spec.Shape shape) {
        return reader.settle(spec, type, shape);
    }

    // Null only when the constructor threw; the load then fails, so nobody reads it.
    @SuppressWarnings("NullAway")
    <T> T construct(Function<? super Environment, ? extends T> factory, Environment part) {
        try {
            return factory.apply(part);
        } catch (RuntimeException e) {
            if (!guarded) {
                throw e;
            }
            if (thrown == null) {
                thrown = e;
            }
            return null;
        }
    }

    boolean isDocumenting() {
        return documenting;
    }

    @Nullable
    RuntimeException thrown() {
        return thrown;
    }

    /** {@return the groups that have settings, in order of declaration} */
    List<Scope> scopes() {
        List<Scope> filled = new ArrayList<>();
        for (Scope scope : scopes) {
            if (!scope.specs().isEmpty()) {
                filled.add(scope);
            }
        }
        return filled;
    }

    /** {@return every setting once, by variable name, in order of declaration} */
    Collection<Spec> specs() {
        return specs.values();
    }

    /** {@return the name of the profile, which may be a guess while its variable is faulty} */
    String profile() {
        Spec chosen = profile;
        if (chosen == null) {
            chosen = Profiles.declare(this, env);
            profile = chosen;
        }
        return Profiles.name(chosen, env.profiles());
    }

    void requireProfile(String name) {
        if (!documenting && !env.profiles().contains(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no profile: use one of "
                    + String.join(", ", env.profiles()) + ", or name yours in Environment.withProfiles()");
        }
        profile();
    }

    boolean hasFaultyItem() {
        for (Spec spec : specs.values()) {
            if (!spec.isSound()) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    String shownValue(Spec spec) {
        Raw raw = spec.raw;
        if (raw == null) {
            return null;
        }
        boolean hidden = spec.isSecret();
        for (Spec twin : twins) {
            hidden |= twin.name.equals(spec.name) && twin.isSecret();
        }
        Spec first = specs.get(spec.name);
        hidden |= first != null && first.isSecret();
        return hidden ? Display.MASK : Display.withoutCredentials(raw.text());
    }

    String hint(Spec spec, String problem) {
        String near = spec.isSet() ? null : new UnknownNames(env, sources, specs).misspelt(spec);
        return near == null ? problem : problem + "; " + near + " is set, is it meant?";
    }

    /** Takes no more settings: nobody would hear of their faults. */
    void end() {
        ended = true;
    }

    List<ConfigFault> errors() {
        List<ConfigFault> faults = new ArrayList<>(sources.faults());
        for (Scope scope : scopes()) {
            faults.addAll(scope.faults());
        }
        for (Scope scope : scopes) {
            if (scope.specs().isEmpty()) { // a set's own, whose rules are about the groups above
                faults.addAll(scope.faults());
            }
        }
        new Declarations(specs, twins).addFaults(faults);
        if (!sources.overrideNames().isEmpty()) {
            faults.addAll(new UnknownNames(env, sources, specs).overrides());
        }
        if (env.isStrict() && !documenting) {
            faults.addAll(new UnknownNames(env, sources, specs).warnings());
        }
        RuntimeException failure = thrown;
        if (failure != null && faults.isEmpty()) {
            faults.add(Declarations.constructorFault(failure, specs.values()));
        }
        return faults;
    }

    List<ConfigFault> warnings() {
        boolean none = env.isStrict() || documenting;
        return none ? List.of() : new UnknownNames(env, sources, specs).warnings();
    }
}
