package io.betrue.staticfiles;

/**
 * The files of a running application. Safe for use by multiple threads.
 *
 * <p>Closing stops watching; the files loaded last are served on. Closing twice does no harm.
 */
public final class StaticFiles implements AutoCloseable {
    private final Loader loader;
    private volatile Tree tree;

    StaticFiles(Settings settings) {
        loader = new Loader(settings);
        tree = loader.load(Tree.EMPTY);
    }

    Tree tree() {
        return tree;
    }

    /**
     * Reads all roots again and serves what they hold now. A request sees the files before or after, never a mixture.
     *
     * @throws StaticFilesException if something is wrong with the new files; the old ones are served on
     */
    public synchronized void reload() {
        tree = loader.load(tree);
    }

    @Override
    public void close() {}
}
