package io.betrue.staticfiles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the served files of one mount out of its originals.
 *
 * <p>The bytes of a file can depend on the hash of another, and so on. Files that depend on each other form a group, and within
 * a group names stay plain; groups are settled in the order of their dependencies. The result does not depend on the order of the originals.
 */
final class Assets {
    private static final Logger log = LoggerFactory.getLogger(Assets.class);

    private final Settings settings;
    private final Faults faults;
    private final Warnings warnings;
    private final AssetPaths paths;
    private final AssetLinks links;
    private final AssetTemplates templates;

    private Assets(MountSettings mount, Settings settings, Faults faults, Warnings warnings) {
        this.settings = settings;
        this.faults = faults;
        this.warnings = warnings;
        paths = new AssetPaths(mount, settings);
        links = new AssetLinks(paths, mount.fingerprints());
        templates = new AssetTemplates(mount, settings, paths, faults);
    }

    /** {@return the served files in the order of their plain paths; those at fault are missing} */
    static List<Asset> of(
            MountSettings mount, Settings settings, List<Original> originals, Faults faults, Warnings warnings) {
        Assets assets = new Assets(mount, settings, faults, warnings);
        originals.forEach(original -> assets.guarded(original, () -> assets.add(original)));
        assets.paths.all().forEach(draft -> assets.guarded(draft.original, () -> assets.read(draft)));
        for (List<Draft> group : assets.groups()) {
            group.forEach(draft -> assets.guarded(draft.original, () -> assets.settle(draft)));
        }
        if (assets.links.unresolved() > 0) {
            warnings.add(
                    log,
                    assets.links.unresolved() + " references in " + mount.root()
                            + " lead to no file of it and were left as they are (debug lists them)");
        }
        return assets.all();
    }

    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Original original, Step step) {
        try {
            step.run();
        } catch (IOException e) {
            faults.add(original.source().path(), "cannot be read: " + e.getMessage());
        }
    }

    private void add(Original original) throws IOException {
        String path = original.source().path();
        Draft draft = new Draft(original);
        Draft twin = paths.add(draft);
        if (twin != null) {
            String other = twin.original.source().path();
            faults.add(
                    path,
                    draft.isTemplate || twin.isTemplate
                            ? "is served as " + draft.path + ", and so is " + other + ": remove one of them"
                            : "differs only by case from " + other + " of a mount that ignores case; rename one");
        } else if (draft.isTemplate) {
            draft.template = parse(path, original);
        }
    }

    private @Nullable Template parse(String path, Original original) throws IOException {
        if (original.streamed()) {
            faults.add(
                    path,
                    "has " + original.source().size()
                            + " bytes and does not fit into memory, as a template has to; a file can have "
                            + settings.memoryFileLimit());
            return null;
        }
        String text = UrlPaths.utf8(ByteBuffer.wrap(original.bytes()));
        if (text == null) {
            faults.add(path, "is not UTF-8, which a template has to be");
            return null;
        }
        return Template.parse(path, text.startsWith("\uFEFF") ? text.substring(1) : text, faults);
    }

    /** Finds out what a file depends on. */
    private void read(Draft draft) throws IOException {
        if (draft.template != null) {
            draft.text = templates.first(draft, draft.template);
        } else if (links.wants(draft) && !draft.original.streamed()) {
            draft.text = UrlPaths.utf8(ByteBuffer.wrap(draft.original.bytes()));
            if (draft.text == null) {
                warnings.add(log, draft.path + " is not UTF-8: its references keep their plain names");
            }
        }
        if (draft.text != null && links.wants(draft)) {
            draft.links = links.of(draft, draft.text);
            draft.links.forEach(link -> draft.needs.add(link.target()));
        }
    }

    private List<List<Draft>> groups() {
        List<Draft> all = List.copyOf(paths.all());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).number = i;
        }
        List<int[]> edges = all.stream()
                .map(draft -> draft.needs.stream().mapToInt(need -> need.number).toArray())
                .toList();
        List<List<Draft>> groups = new ArrayList<>();
        for (List<Integer> members : Components.of(edges)) {
            List<Draft> group = members.stream().map(all::get).toList();
            group.forEach(draft -> draft.group = groups.size());
            groups.add(group);
            if (group.size() > 1) {
                log.debug("{} refer to each other in a circle: these references keep plain names", group);
            }
        }
        return groups;
    }

    /** Makes the final bytes, with the hashes of all that is settled. */
    private void settle(Draft draft) throws IOException {
        String text = finalText(draft);
        String marked = text == null ? null : withMarks(draft, text);
        if (marked != null && (draft.isTemplate || !marked.equals(text))) {
            byte[] bytes = marked.getBytes(StandardCharsets.UTF_8);
            draft.rewritten = ByteBuffer.wrap(bytes);
            draft.hash = Sha256.of(bytes);
        } else {
            draft.hash = draft.original.hash();
        }
        draft.settled = !draft.isTemplate || marked != null;
        draft.text = null;
    }

    private @Nullable String finalText(Draft draft) {
        if (draft.template == null || draft.text == null || draft.needs.isEmpty()) {
            return draft.text;
        }
        String text = templates.last(draft, draft.template);
        draft.links = text != null && links.wants(draft) ? links.of(draft, text) : List.of();
        return text;
    }

    private static String withMarks(Draft draft, String text) {
        StringBuilder marked = new StringBuilder(text.length() + 16 * draft.links.size());
        int from = 0;
        for (Draft.Link link : draft.links) {
            Draft target = link.target();
            if (target.settledFor(draft) && target.hash != null) {
                marked.append(text, from, link.place()).append(Fingerprints.mark(target.hash));
                from = link.place();
                draft.madeOf(target);
            }
        }
        return marked.append(text, from, text.length()).toString();
    }

    private List<Asset> all() {
        List<Asset> assets = new ArrayList<>();
        for (Draft draft : paths.all()) {
            if (draft.settled) {
                assets.add(asset(draft, draft.path, false));
                addMarked(assets, draft);
            }
        }
        return assets;
    }

    private void addMarked(List<Asset> assets, Draft draft) {
        if (draft.hash == null || !paths.hasMark(draft)) {
            return;
        }
        String marked = Fingerprints.path(draft.path, draft.hash);
        Draft real = paths.find(marked);
        if (real == null) {
            assets.add(asset(draft, marked, true));
        } else if (!draft.hash.equals(real.hash)) {
            faults.add(
                    real.original.source().path(),
                    "has the name that the content of " + draft.path + " is served under: rename it");
        }
    }

    private static Asset asset(Draft draft, String path, boolean immutable) {
        return new Asset(path, draft.original, draft.rewritten, draft.hash, draft.modified, immutable);
    }
}
