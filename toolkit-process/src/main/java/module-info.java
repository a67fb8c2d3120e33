import org.jspecify.annotations.NullMarked;

/** The life of an application's process: commands, ordered start, readiness, bounded stop, exit status. */
@NullMarked
module io.betrue.process {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires jdk.unsupported; // sun.misc.Signal, by name: see Signals

    exports io.betrue.process;
}
