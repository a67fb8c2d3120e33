package io.betrue.benchmarks;

import io.betrue.staticfiles.MountConfig;
import io.betrue.staticfiles.StaticFilesPlugin;
import io.betrue.staticfiles.StaticRoot;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * @param args {@code data FOLDER}, or {@code KIND FOLDER PORT} with the kind {@code javalin}, {@code javalin-precompress}, {@code handler}, {@code empty},
     *     {@code front} or {@code pipeline}
     * @throws IOException if the files cannot be written or read
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]).toAbsolutePath();
        if (args[0].equals("data")) {
            StaticData.write(folder);
        } else {
            start(args[0], folder, Integer.parseInt(args[2]));
        }
    }

    static Javalin start(String kind, Path folder, int port) throws IOException {
        Map<String, byte[]> bytes = kind.equals("handler") ? read(folder) : Map.of();
        Consumer<JavalinConfig> files = switch (kind) {
            case "javalin" -> config -> javalin(config, folder, -1);
            case "javalin-precompress" -> config -> javalin(config, folder, PRECOMPRESS_LIMIT);
            case "handler" -> config -> handler(config, bytes);
            case "empty" -> StaticServer::empty;
            case "front" -> config -> toolkit(config, folder, MountConfig::inFront);
            case "pipeline" -> config -> toolkit(config, folder, mount -> {});
            default ->
                throw new IllegalArgumentException(
                        kind + " is no server; javalin, javalin-precompress, handler, empty, front and pipeline are");
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

    private static Map<String, byte[]> read(Path folder) throws IOException {
        Map<String, byte[]> bytes = new HashMap<>();
        for (String name : List.of("small.html", "app.js", "large.bin")) {
            bytes.put("/" + name, Files.readAllBytes(folder.resolve(name)));
        }
        return bytes;
    }

    /** Javalin's own share: a route that knows the bytes and does nothing else for them, and an empty 304 for whoever asks with a condition. */
    private static void handler(JavalinConfig config, Map<String, byte[]> bytes) {
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.routes.get("/{name}", ctx -> {
            ctx.header("ETag", "\"1\"");
            if (ctx.header("If-None-Match") == null) {
                ctx.result(bytes.get(ctx.path()));
            } else {
                ctx.status(304);
            }
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
