package io.betrue.staticfiles;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file on its way from original to asset: first it is read, then its group is known, then it is settled. Used by one thread. */
final class Draft {
    /** A place in the text where the hash of another file goes. */
    record Link(int place, Draft target) {}

    final String path;
    final Original original;
    final boolean isTemplate;
    final boolean page;

    /** Its template; {@code null} for a plain file, and for a template that cannot be read. */
    @Nullable
    Template template;
    /** Its text as long as references are plain; {@code null} if nothing in it can refer to other files. */
    @Nullable
    String text;

    List<Link> links = List.of();
    /** The files whose content or time can show in this one. */
    final Set<Draft> needs = new LinkedHashSet<>();

    final RememberedCalls calls = new RememberedCalls();
    int number;
    int group = -1;

    boolean settled;

    @Nullable
    ByteBuffer rewritten;

    @Nullable
    String hash;

    Instant modified;

    Draft(Original original) {
        String source = original.source().path();
        isTemplate = Template.isTemplate(source);
        path = isTemplate ? Template.servedPath(source) : source;
        this.original = original;
        page = hasExtension(".html", ".htm", ".xhtml");
        modified = original.source().modified();
    }

    boolean hasExtension(String... extensions) {
        String lower = path.toLowerCase(Locale.ROOT);
        return List.of(extensions).stream().anyMatch(lower::endsWith);
    }

    /** {@return whether what another file says here about this one is final; not so within a cycle} */
    boolean settledFor(Draft other) {
        return settled && group != other.group;
    }

    /** Notes that the final bytes show another file's. */
    void madeOf(Draft other) {
        modified = modified.isBefore(other.modified) ? other.modified : modified;
    }

    @Override
    public String toString() {
        return path;
    }
}
