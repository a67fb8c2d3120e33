import org.jspecify.annotations.NullMarked;

/** OpenAPI from the routes of a running Javalin application, and an offline page that shows it. */
@NullMarked
module io.betrue.swagger {
    requires com.fasterxml.jackson.dataformat.yaml;
    requires transitive io.betrue.errors;
    requires transitive io.betrue.schema;
    requires transitive io.javalin;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.betrue.swagger;
}
