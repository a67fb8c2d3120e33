import org.jspecify.annotations.NullMarked;

/** Typed settings from the environment: every fault at once, documentation by command. */
@NullMarked
module io.betrue.config {
    requires static transitive org.jspecify;
    requires static org.snakeyaml.engine;

    exports io.betrue.config;
}
