package io.betrue.staticfiles;

/**
 * How content-hashed names are made.
 *
 * @param rewriteCss whether references in style sheets get the hashed names
 * @param rewriteHtml whether references in pages get the hashed names
 * @param keep how many earlier versions of a file stay available after reloads, 0 to 100
 */
record FingerprintSettings(boolean rewriteCss, boolean rewriteHtml, int keep) {}
