package io.betrue.staticfiles;

/** What can be chosen about fingerprints. Not safe for use by multiple threads. */
public final class FingerprintConfig {
    private static final int MOST = 100;

    private boolean rewriteCss;
    private boolean rewriteHtml;
    private int keep = 3;

    FingerprintConfig() {}

    /**
     * Gives references in style sheets ({@code url()}, {@code @import}) the fingerprinted names.
     *
     * @return this configuration
     */
    public FingerprintConfig rewriteCss() {
        rewriteCss = true;
        return this;
    }

    /**
     * Gives references in pages ({@code src}, {@code href} of style sheets and icons, {@code srcset} …) the fingerprinted names; links to pages stay.
     *
     * @return this configuration
     */
    public FingerprintConfig rewriteHtml() {
        rewriteHtml = true;
        return this;
    }

    /**
     * Sets how many earlier versions of a file stay available under their fingerprinted names after reloads; the default is 3.
     *
     * @param versions 0 to 100
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public FingerprintConfig keepVersions(int versions) {
        if (versions < 0 || versions > MOST) {
            throw new IllegalArgumentException("versions to keep must be 0.." + MOST + ", was " + versions);
        }
        keep = versions;
        return this;
    }

    FingerprintSettings settings() {
        return new FingerprintSettings(rewriteCss, rewriteHtml, keep);
    }
}
