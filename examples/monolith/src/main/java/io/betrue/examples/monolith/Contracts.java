package io.betrue.examples.monolith;

import io.betrue.commands.SchemaCheck;
import io.betrue.schema.Schemas;

/**
 * What commands of all services take and give.
 *
 * @param schemas the schemas {@code <code>/in} and {@code <code>/out} that the services have on the class path
 * @param check the link of the chain that holds calls to them
 */
record Contracts(Schemas schemas, SchemaCheck check) {
    static Contracts of(ResponseMode outputs) {
        Schemas schemas = Schemas.load(sources -> sources.classPath("schemas"));
        return new Contracts(schemas, outputs.of(SchemaCheck.with(schemas)));
    }
}
