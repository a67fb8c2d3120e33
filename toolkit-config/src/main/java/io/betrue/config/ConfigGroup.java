package io.betrue.config;

/**
 * Settings that belong together: a class whose final fields are the settings.
 * <p>A subclass passes its environment on, so that the fields can be read in their initialisers:
 * <pre>{@code
 * public final class HttpConfig extends ConfigGroup {
 *     public final int port = env("HTTP_PORT").describedAs("Port to bind to").orElse(8080).asPort();
 *
 *     public HttpConfig(Environment env) {
 *         super("Web server", env);
 *     }
 * }
 * }</pre>
 * <p>Rules across settings are declared in the constructor and asked later. Once constructed, a group is immutable if its
 * fields are final, and then safe for use by multiple threads.
 */
public abstract non-sealed class ConfigGroup extends Configured {
    /**
     * Opens the group.
     *
     * @param title the heading of its table, such as {@code Web server}
     * @param env where its settings come from
     */
    protected ConfigGroup(String title, Environment env) {
        super(title, env);
    }

    /**
     * Declares a setting; an {@code as…} method must end the declaration.
     *
     * @param name the variable name, in which the first <code>{context}</code> says where the context of the group goes;
     *     without it the context is put in front
     * @return the setting
     * @throws IllegalArgumentException if that is no variable name
     */
    protected final Item env(String name) {
        return new Item(scope.declare(name));
    }
}
