import org.jspecify.annotations.NullMarked;

/** One catalogue of errors, RFC 9457 bodies, the same code on every transport. */
@NullMarked
module io.betrue.errors {
    requires com.fasterxml.jackson.core;
    requires static io.javalin;
    requires static transitive org.jspecify;

    exports io.betrue.errors;
}
