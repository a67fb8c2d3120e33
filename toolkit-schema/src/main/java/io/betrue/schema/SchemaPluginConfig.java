package io.betrue.schema;

/**
 * What can be chosen about {@link SchemaPlugin}.
 *
 * <p>It is used while the plugin is built and then forgotten. Not safe for use by multiple threads.
 */
public final class SchemaPluginConfig {
    private ResponseCheck responses = ResponseCheck.OFF;

    private boolean strictQueries;

    SchemaPluginConfig() {}

    /**
     * Sets what is done about responses that do not fit; the default is {@link ResponseCheck#OFF}.
     *
     * @param check what is done
     * @return this configuration
     */
    public SchemaPluginConfig responses(ResponseCheck check) {
        responses = check;
        return this;
    }

    /**
     * Refuses query parameters that a route does not name, with 422; without this, they are not looked at. Only for routes that say something about themselves.
     *
     * @return this configuration
     */
    public SchemaPluginConfig strictQueries() {
        strictQueries = true;
        return this;
    }

    boolean hasStrictQueries() {
        return strictQueries;
    }

    ResponseCheck responses() {
        return responses;
    }
}
