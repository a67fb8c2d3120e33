package io.betrue.config;

import java.util.function.Function;

/**
 * All settings of an application: a class whose final fields are groups. It is what {@link Config} loads
 * and {@link ConfigDocs} documents.
 * <p>Once constructed, a set is immutable if its fields are final, and then safe for use by multiple threads.
 */
public abstract non-sealed class ConfigSet extends Configured {
    private final Environment env;

    /**
     * Opens the set.
     *
     * @param env where its settings come from
     */
    protected ConfigSet(Environment env) {
        super("Rules across groups", env);
        this.env = env;
    }

    /**
     * Adds a group.
     *
     * @param factory the group's constructor
     * @param <G> the type of the group
     * @return the group
     */
    protected final <G> G group(Function<? super Environment, ? extends G> factory) {
        return group("", "", factory);
    }

    /**
     * Adds a group under a context, which goes into its variable names: {@code GAME} makes {@code GAME_HTTP_PORT} of
     * {@code HTTP_PORT}.
     *
     * @param context the context, in any letter case; empty for none
     * @param factory the group's constructor
     * @param <G> the type of the group
     * @return the group
     */
    protected final <G> G group(String context, Function<? super Environment, ? extends G> factory) {
        return group(context, "", factory);
    }

    /**
     * Adds a group under a context and with a title of its own.
     *
     * @param context the context, in any letter case; empty for none
     * @param title the heading of the group's table; empty for the group's own
     * @param factory the group's constructor
     * @param <G> the type of the group
     * @return the group
     */
    protected final <G> G group(String context, String title, Function<? super Environment, ? extends G> factory) {
        return session.construct(factory, env.in(session, context, title));
    }
}
