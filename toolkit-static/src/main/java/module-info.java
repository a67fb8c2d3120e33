import org.jspecify.annotations.NullMarked;

/** Files served from memory, with templates and fingerprints, for Javalin. */
@NullMarked
module io.betrue.staticfiles {
    requires transitive io.javalin;
    requires static transitive org.jspecify;

    exports io.betrue.staticfiles;
}
