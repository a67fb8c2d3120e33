import org.jspecify.annotations.NullMarked;

/** Typed settings from the environment. */
@NullMarked
module io.betrue.config {
    requires static transitive org.jspecify;

    exports io.betrue.config;
}
