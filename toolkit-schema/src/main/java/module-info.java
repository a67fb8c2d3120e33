import org.jspecify.annotations.NullMarked;

/** JSON Schema checks of what comes in and goes out. */
@NullMarked
module io.betrue.schema {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.betrue.errors;
    requires static io.javalin;
    requires static transitive org.jspecify;

    exports io.betrue.schema;
}
