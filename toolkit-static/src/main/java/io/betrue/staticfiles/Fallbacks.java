package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/** What answers a browser when nothing stands at a path: the page of a single-page application, or the nearest {@code 404.html}. Immutable. */
final class Fallbacks {
    private static final String ERROR_PAGE = "/404.html";
    private static final HttpField NO_CACHE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache");
    private static final HttpField VARY_ACCEPT = new PreEncodedHttpField(HttpHeader.VARY, "Accept");
    private static final Set<HttpHeader> OF_CACHES = EnumSet.of(HttpHeader.CACHE_CONTROL, HttpHeader.EXPIRES);
    /** An error page is not the resource that was asked for: it has no validators and no ranges. */
    private static final Set<HttpHeader> OF_RESOURCE = EnumSet.of(
            HttpHeader.CACHE_CONTROL,
            HttpHeader.EXPIRES,
            HttpHeader.ETAG,
            HttpHeader.LAST_MODIFIED,
            HttpHeader.ACCEPT_RANGES);

    private final List<Site> sites;

    private Fallbacks(List<Site> sites) {
        this.sites = List.copyOf(sites);
    }

    /**
     * Prepares the fallbacks of all mounts.
     *
     * @param mounts all mounts, the longest prefix first
     * @param entries what is found at each path
     * @param faults takes the fallback files that do not exist
     */
    static Fallbacks of(List<MountSettings> mounts, Map<String, Entry> entries, Faults faults) {
        List<Site> sites = new ArrayList<>();
        for (MountSettings mount : mounts) {
            sites.add(new Site(mount, page(mount, entries, faults), errorPages(mount, entries)));
        }
        return new Fallbacks(sites);
    }

    private static Entry.@Nullable Resource page(MountSettings mount, Map<String, Entry> entries, Faults faults) {
        String file = mount.fallback();
        if (file == null) {
            return null;
        }
        if (entries.get(mount.prefix() + "/" + file) instanceof Entry.Resource resource
                && resource.mount().equals(mount)) {
            return changed(resource, OF_CACHES);
        }
        faults.add(file, "is the fallback of " + mount.root() + ", which has no such file; name a file of this root");
        return null;
    }

    private static Map<String, Entry.Resource> errorPages(MountSettings mount, Map<String, Entry> entries) {
        Map<String, Entry.Resource> pages = new HashMap<>();
        if (mount.errorPages()) {
            entries.forEach((path, entry) -> {
                if (path.endsWith(ERROR_PAGE)
                        && entry instanceof Entry.Resource page
                        && page.mount().equals(mount)) {
                    pages.put(path.substring(0, path.length() - ERROR_PAGE.length()), changed(page, OF_RESOURCE));
                }
            });
        }
        return Map.copyOf(pages);
    }

    /** The answer depends on Accept, and the page must not be kept as what the path names: the next deployment may have a file there. */
    private static Entry.Resource changed(Entry.Resource page, Set<HttpHeader> without) {
        List<Representation> encoded =
                page.encoded().stream().map(each -> changed(each, without)).toList();
        return new Entry.Resource(
                page.mount(), page.path(), page.modified(), changed(page.identity(), without), encoded);
    }

    private static Representation changed(Representation page, Set<HttpHeader> without) {
        return new Representation(
                page.coding(),
                page.etag(),
                page.body(),
                changed(page.found(), without),
                changed(page.notModified(), without));
    }

    private static List<HttpField> changed(List<HttpField> fields, Set<HttpHeader> without) {
        List<HttpField> changed = new ArrayList<>();
        HttpField vary = VARY_ACCEPT;
        for (HttpField field : fields) {
            if (field.getHeader() == HttpHeader.VARY) {
                vary = new PreEncodedHttpField(HttpHeader.VARY, field.getValue() + ", Accept");
            } else if (field.getHeader() == null || !without.contains(field.getHeader())) {
                changed.add(field);
            }
        }
        changed.add(NO_CACHE);
        changed.add(vary);
        return List.copyOf(changed);
    }

    /**
     * Finds the page for a path where nothing stands. Only the mount with the longest prefix that contains the path is asked.
     *
     * @param path the decoded path, or {@code null} if it can name no file: nothing answers it then
     * @param request the header fields of the GET or HEAD
     * @return the page and its status, or {@code null} if the answer is not ours
     */
    @Nullable
    Found find(@Nullable String path, HttpFields request) {
        Site site = path == null ? null : siteOf(path);
        if (path == null || site == null || site.isEmpty() || !Accept.namesHtml(request)) {
            return null;
        }
        if (site.page != null && path.indexOf('.', path.lastIndexOf('/')) < 0) {
            return new Found(200, site.page);
        }
        Entry.Resource page = site.errorPage(path);
        return page == null ? null : new Found(404, page);
    }

    private @Nullable Site siteOf(String path) {
        for (Site site : sites) {
            String prefix = site.mount.prefix();
            if (path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
                return site;
            }
        }
        return null;
    }

    /**
     * A page that answers in place of a file.
     *
     * @param status 200 for the page of a single-page application, 404 for an error page
     * @param resource the page, with the header fields of a fallback
     */
    record Found(int status, Entry.Resource resource) {
        /** {@return the answer} */
        Reply reply(Responder responder, boolean head, HttpFields request) {
            if (status == 200) {
                return responder.reply(resource, head, request);
            }
            HttpFields.Mutable encodings = HttpFields.build();
            request.getFields(HttpHeader.ACCEPT_ENCODING).forEach(encodings::add);
            Reply reply = responder.reply(resource, head, encodings);
            return reply.status() == 200 ? new Reply(status, reply.headers(), reply.parts()) : reply;
        }
    }

    /** The fallbacks of one mount. The error pages are found by their directory, without a slash at its end. */
    private record Site(
            MountSettings mount,
            Entry.@Nullable Resource page,
            Map<String, Entry.Resource> errorPages,
            int longestDirectory) {
        Site(MountSettings mount, Entry.@Nullable Resource page, Map<String, Entry.Resource> errorPages) {
            this(
                    mount,
                    page,
                    errorPages,
                    errorPages.keySet().stream().mapToInt(String::length).max().orElse(0));
        }

        boolean isEmpty() {
            return page == null && errorPages.isEmpty();
        }

        Entry.@Nullable Resource errorPage(String path) {
            int end = Math.max(path.lastIndexOf('/'), mount.prefix().length());
            while (end >= mount.prefix().length()) {
                if (end <= longestDirectory) {
                    Entry.Resource page = errorPages.get(path.substring(0, end));
                    if (page != null) {
                        return page;
                    }
                }
                end = end == 0 ? -1 : path.lastIndexOf('/', end - 1);
            }
            return null;
        }
    }
}
