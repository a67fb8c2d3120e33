package io.betrue.staticfiles;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file as it came from its root, during one load. */
interface Original {
    SourceFile source();

    /** {@return whether it is too large for memory; such a file is never a template and never rewritten} */
    boolean streamed();

    /** {@return its bytes; never called for a streamed file} */
    byte[] bytes() throws IOException;

    /** {@return the SHA-256 of its bytes in hex, or {@code null} for a streamed file that is not read} */
    @Nullable
    String hash() throws IOException;
}
