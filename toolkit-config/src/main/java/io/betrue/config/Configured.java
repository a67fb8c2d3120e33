package io.betrue.config;

import java.util.List;
import java.util.function.BooleanSupplier;

/** What groups and sets have in common: faults as data, and rules across settings. */
abstract sealed class Configured permits ConfigGroup, ConfigSet {
    final Session session;
    final Scope scope;
    private final boolean alone;

    Configured(String title, Environment env) {
        Session shared = env.session();
        alone = shared == null;
        session = shared == null ? Session.unguarded(env) : shared;
        scope = session.open(env.title(title), env.context());
    }

    /**
     * {@return the faulty settings, in order of declaration; for a group inside a set those of the group, otherwise those
     * of the whole load}
     */
    public final List<ConfigFault> errors() {
        return alone || this instanceof ConfigSet ? session.errors() : scope.faults();
    }

    /** {@return variables of the whole load that look misspelt or that nothing declares; empty when strict} */
    public final List<ConfigFault> warnings() {
        return session.warnings();
    }

    /**
     * {@return the profile the settings are read for}
     *
     * @throws IllegalStateException if the load has ended and neither a setting nor this method asked for it before
     */
    protected final String profile() {
        return session.profile();
    }

    /**
     * Demands an optional setting when a condition on another holds. Asked after construction, and only if both are sound.
     *
     * @param name the setting that becomes required
     * @param other the setting the condition looks at
     * @param condition whether {@code name} must be set
     * @throws IllegalArgumentException if a name is not declared
     */
    protected final void requiredWhen(String name, String other, BooleanSupplier condition) {
        scope.addRequiredWhen(name, other, condition);
    }

    /**
     * Demands that one of several optional settings is set, and no other.
     *
     * @param names the settings
     * @throws IllegalArgumentException if a name is not declared
     */
    protected final void exactlyOneOf(String... names) {
        scope.addExactlyOneOf(names);
    }

    /**
     * Demands a condition across settings. Asked after construction, and only if all of them are sound.
     *
     * @param requirement what must hold, in words, in which <code>{NAME}</code> is replaced by the full variable name
     * @param holds the condition
     * @param names the settings the condition looks at, all of them
     * @throws IllegalArgumentException if a name is not declared, or there is none
     */
    protected final void rule(String requirement, BooleanSupplier holds, String... names) {
        scope.addRule(requirement, holds, names);
    }
}
