package io.betrue.examples.wallet;

import io.betrue.commands.SchemaCheck;
import io.betrue.schema.Schemas;

/**
 * What commands of all services take and give.
 *
 * @param schemas the schemas {@code <code>/in} and {@code <code>/out} that the services have on the class path
 * @param check the link of the chain that holds calls to them
 */
public record Contracts(Schemas schemas, SchemaCheck check) {
    /** The largest input of a command in bytes. */
    public static final int LARGEST_INPUT = 64 * 1024;

    /**
     * {@return the schemas of all services}
     *
     * @param outputs what is done about an answer that does not fit
     */
    public static Contracts of(ResponseMode outputs) {
        Schemas schemas = Schemas.load(sources -> sources.classPath("schemas"));
        return new Contracts(schemas, outputs.of(SchemaCheck.with(schemas)));
    }
}
