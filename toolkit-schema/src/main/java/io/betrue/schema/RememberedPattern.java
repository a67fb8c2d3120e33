package io.betrue.schema;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the verdict on the long text that was looked at last: a text that is refused is looked at once for the verdict and once more to say why, and
 * that must not take twice as long. Safe for use by multiple threads.
 */
final class RememberedPattern implements TextPattern {
    /** Shorter texts, in characters, are not worth it. */
    private static final int LONG = 1_000;

    private final TextPattern inner;
    private volatile @Nullable Seen last;

    RememberedPattern(TextPattern inner) {
        this.inner = inner;
    }

    /** A verdict; the text is not kept for it. */
    private record Seen(WeakReference<String> text, boolean found) {}

    @Override
    @SuppressWarnings("ReferenceEquality") // the very same text; comparing an equal one would take long too
    public boolean find(String text) {
        if (text.length() < LONG) {
            return inner.find(text);
        }
        Seen seen = last;
        if (seen != null && seen.text.get() == text) {
            return seen.found;
        }
        boolean found = inner.find(text);
        last = new Seen(new WeakReference<>(text), found);
        return found;
    }
}
