import org.jspecify.annotations.NullMarked;

/** JSON Schema checks of what comes in and goes out. */
@NullMarked
module io.betrue.schema {
    requires transitive com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires re2j;
    requires everit.json.schema;
    requires transitive io.betrue.errors;
    requires static io.javalin;
    requires org.json;
    requires static transitive org.jspecify;

    exports io.betrue.schema;
}
