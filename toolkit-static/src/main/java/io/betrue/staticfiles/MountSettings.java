package io.betrue.staticfiles;

import io.javalin.security.RouteRole;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the files of one root are served.
 *
 * @param prefix the path the root stands at, with the context path, without a slash at its end; empty for the whole site
 * @param root where the files come from
 * @param front whether Jetty answers before Javalin sees the request
 * @param roles who may see the files inside the pipeline; Javalin's own handlers decide what a role means
 * @param ignoreCase whether {@code /A.css} finds {@code a.css}
 * @param hidden whether files whose name starts with a dot are served
 * @param index the names served for a directory, the first that exists
 * @param fallback the file served for a page that is not there (single-page applications), relative to the root
 * @param errorPages whether the nearest {@code 404.html} answers a browser whose page is not there
 * @param compress whether text is compressed when it is loaded
 * @param fileVersion what {@code file('…')} of a template appends when the call does not say
 * @param fingerprints how content-hashed names are made, or {@code null} for none
 * @param headers fields set by pattern; the last match of a name counts
 */
record MountSettings(
        String prefix,
        StaticRoot root,
        boolean front,
        Set<RouteRole> roles,
        boolean ignoreCase,
        boolean hidden,
        List<String> index,
        @Nullable String fallback,
        boolean errorPages,
        boolean compress,
        FileVersion fileVersion,
        @Nullable FingerprintSettings fingerprints,
        List<HeaderRule> headers) {
    MountSettings {
        roles = Set.copyOf(roles);
        index = List.copyOf(index);
        headers = List.copyOf(headers);
    }
}
