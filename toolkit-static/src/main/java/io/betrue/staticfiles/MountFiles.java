package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files of one mount during a load.
 *
 * @param assets what will be served
 * @param sides the compressed forms that lie beside their files, by the path of the file
 */
record MountFiles(MountSettings settings, List<Asset> assets, Map<String, List<SideFiles.Side>> sides) {
    static MountFiles of(
            MountSettings mount,
            Settings settings,
            List<SourceFile> sources,
            Map<SourceFile, LoadedFile> files,
            Faults faults,
            Warnings warnings) {
        List<LoadedFile> loaded = new ArrayList<>(sources.size());
        for (SourceFile source : sources) {
            LoadedFile file = files.get(source);
            if (file != null) {
                loaded.add(file);
            }
        }
        List<Asset> assets = Assets.of(mount, settings, List.copyOf(loaded), faults, warnings);
        return new MountFiles(mount, assets, SideFiles.of(mount.root(), loaded, warnings));
    }

    /** {@return the compressed forms of a file; what was rewritten has none, as they hold the bytes before} */
    List<SideFiles.Side> sides(Asset asset) {
        return asset.rewritten() != null
                ? List.of()
                : sides.getOrDefault(asset.original().source().path(), List.of());
    }
}
