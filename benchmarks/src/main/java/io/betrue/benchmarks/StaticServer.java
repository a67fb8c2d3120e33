package io.betrue.benchmarks;

import io.betrue.staticfiles.MountConfig;
import io.betrue.staticfiles.StaticFilesPlugin;
import io.betrue.staticfiles.StaticRoot;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One of the servers that {@code benchmarks/static} compares: the same folder, Javalin's defaults, and nothing else in the application. */
public final class StaticServer {
    /** Above the largest measured file, so that {@code javalin-precompress} keeps them all in memory. */
    private static final int PRECOMPRESS_LIMIT = 8 << 20;

    private StaticServer() {}

    /**
     * Starts a server, or with {@code data} as the only word before the folder, writes the files to serve.
     *
     * @param args {@code data FOLDER}, or {@code KIND FOLDER PORT} with the kind {@code javalin}, {@code javalin-precompress}, {@code empty}, {@code front} or {@code pipeline}
     * @throws IOException if the files cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]).toAbsolutePath();
        if (args[0].equals("data")) {
            StaticData.write(folder);
        } else {
            start(args[0], folder, Integer.parseInt(args[2]));
        }
    }

    static Javalin start(String kind, Path folder, int port) {
        Consumer<JavalinConfig> files = switch (kind) {
            case "javalin" -> config -> javalin(config, folder, -1);
            case "javalin-precompress" -> config -> javalin(config, folder, PRECOMPRESS_LIMIT);
            case "empty" -> StaticServer::empty;
            case "front" -> config -> toolkit(config, folder, MountConfig::inFront);
            case "pipeline" -> config -> toolkit(config, folder, mount -> {});
            default ->
                throw new IllegalArgumentException(
                        kind + " is no server; javalin, javalin-precompress, empty, front and pipeline are");
        };
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.jetty.host = "127.0.0.1";
                    files.accept(config);
                })
                .start(port);
    }

    private static void javalin(JavalinConfig config, Path folder, int precompressLimit) {
        config.staticFiles.add(files -> {
            files.directory = folder.toString();
            files.location = Location.EXTERNAL;
            files.precompressMaxSize = precompressLimit;
        });
    }

    /** Jetty's own share: a handler in front that answers everything with an empty 200. */
    private static void empty(JavalinConfig config) {
        config.jetty.modifyServer(server -> server.setHandler(new Handler.Sequence(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                callback.succeeded();
                return true;
            }
        })));
    }

    private static void toolkit(JavalinConfig config, Path folder, Consumer<MountConfig> mount) {
        config.registerPlugin(new StaticFilesPlugin(files -> files.mount("/", StaticRoot.directory(folder), mount)));
    }
}
