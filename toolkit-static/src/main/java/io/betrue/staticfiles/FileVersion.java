package io.betrue.staticfiles;

/** What {@code file('css/app.css')} of a template adds to the path, so that a browser fetches a changed file again. */
public enum FileVersion {
    /** Nothing. */
    NONE,
    /** The fingerprint of the content: in the name where the mount has fingerprints, else as {@code ?v=…}. */
    FINGERPRINT,
    /** The time of the last change in seconds since 1970, as {@code ?v=…}. */
    MODIFIED
}
