package io.betrue.staticfiles;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes the served files of one mount out of its originals. */
final class Assets {
    private Assets() {}

    static List<Asset> of(MountSettings mount, Settings settings, List<Original> originals, Faults faults) {
        List<Asset> assets = new ArrayList<>();
        for (Original original : originals) {
            try {
                SourceFile source = original.source();
                assets.add(new Asset(source.path(), original, null, original.hash(), source.modified(), false));
            } catch (IOException e) {
                faults.add(original.source().path(), "cannot be read: " + e.getMessage());
            }
        }
        return assets;
    }
}
