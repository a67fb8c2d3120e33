package io.betrue.staticfiles;

import io.javalin.config.JavalinState;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells browsers of reloads by server-sent events (HTML standard, 9.2). Safe for use by multiple threads.
 *
 * <p>Each event carries the number of the reload as its id; a browser that comes back with an older one missed something and reloads its page.
 */
final class LiveReload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StaticFiles.class);
    static final String THREAD = "static-files-live";
    static final int MOST_CLIENTS = 100;

    private static final int SHOWN = 100;
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final byte[] COMMENT = bytes(":\n\n");

    private final byte[] script = script();
    private final String run = UUID.randomUUID().toString();
    private final Duration beat;
    private final Set<LiveClient> clients = new HashSet<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread heart;
    private long reloads;

    LiveReload() {
        this(BEAT);
    }

    LiveReload(Duration beat) {
        this.beat = beat;
    }

    static void install(JavalinState state, StaticFiles files, String path) {
        LiveReload live = new LiveReload();
        files.onReload(live::changed);
        state.routes.get(path, live::events);
        state.routes.get(path + "/client.js", live::script);
        state.events.serverStarted(live::start);
        state.events.serverStartFailed(live::close);
        state.events.serverStopping(live::close);
    }

    synchronized void start() {
        if (heart == null && stopped.getCount() > 0) {
            heart = new Thread(this::beat, THREAD);
            heart.setDaemon(true);
            heart.start();
        }
    }

    /** Writing is how a server learns that a browser has gone, and keeps proxies from ending what looks idle. */
    private void beat() {
        try {
            while (!stopped.await(beat.toNanos(), TimeUnit.NANOSECONDS)) {
                send(COMMENT);
            }
        } catch (InterruptedException e) {
            LOG.warn("live-reload clients get no heart-beat any more: the thread was interrupted");
        }
    }

    /** Answers with the script that pages include. */
    void script(Context ctx) {
        ctx.header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .contentType("text/javascript; charset=utf-8")
                .result(script);
    }

    /** Answers with events until the browser goes. */
    void events(Context ctx) throws IOException {
        HttpServletResponse response = ctx.res();
        ctx.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
        if (ctx.method().equals(HandlerType.HEAD)) {
            response.setContentType("text/event-stream");
            return;
        }
        LiveClient client = new LiveClient(response.getOutputStream(), this::leave);
        if (!enter(client, lastSeen(ctx))) {
            ctx.status(503)
                    .header("Retry-After", "5")
                    .result("there are " + MOST_CLIENTS + " live-reload clients, or the server stops; try again later");
            return;
        }
        response.setContentType("text/event-stream");
        // A proxy that buffers would keep the events to itself.
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext async = ctx.req().startAsync();
        async.setTimeout(0);
        response.getOutputStream().setWriteListener(client);
        ctx.future(client::ended);
    }

    private static @Nullable String lastSeen(Context ctx) {
        String header = ctx.header("Last-Event-ID");
        return header != null ? header : ctx.queryParam("last");
    }

    private boolean enter(LiveClient client, @Nullable String last) {
        synchronized (this) {
            if (stopped.getCount() == 0 || clients.size() >= MOST_CLIENTS) {
                return false;
            }
            clients.add(client);
            boolean missed = last != null && !last.equals(version());
            client.send(bytes("retry: 1000\n" + event("version", "{}")));
            if (missed) {
                client.send(bytes(event("reload", json(List.of(), List.of(), List.of(), false))));
            }
        }
        return true;
    }

    private synchronized void leave(LiveClient client) {
        clients.remove(client);
    }

    synchronized int clients() {
        return clients.size();
    }

    /** Tells every browser. */
    void changed(StaticFilesReload reload) {
        String json = json(reload.added(), reload.changed(), reload.removed(), reload.total() <= SHOWN);
        String event;
        synchronized (this) {
            reloads++;
            event = event("reload", json);
        }
        send(bytes(event));
    }

    private void send(byte[] message) {
        List<LiveClient> all;
        synchronized (this) {
            all = List.copyOf(clients);
        }
        all.forEach(client -> client.send(message));
    }

    private String version() {
        return run + "-" + reloads;
    }

    private String event(String name, String data) {
        return "id: " + version() + "\nevent: " + name + "\ndata: " + data + "\n\n";
    }

    private static String json(List<String> added, List<String> changed, List<String> removed, boolean complete) {
        return "{\"complete\":" + complete + ",\"added\":" + array(added) + ",\"changed\":" + array(changed)
                + ",\"removed\":" + array(removed) + "}";
    }

    private static String array(List<String> paths) {
        StringBuilder json = new StringBuilder("[");
        for (String path : paths.subList(0, Math.min(SHOWN, paths.size()))) {
            json.append(json.length() == 1 ? "\"" : ",\"");
            path.chars().forEach(c -> escape(json, (char) c));
            json.append('"');
        }
        return json.append(']').toString();
    }

    private static void escape(StringBuilder json, char c) {
        if (c == '"' || c == '\\' || c < 0x20 || Character.isSurrogate(c)) {
            json.append("\\u").append(String.format("%04x", (int) c));
        } else {
            json.append(c);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] script() {
        try (InputStream in = LiveReload.class.getResourceAsStream("live-client.js")) {
            return Objects.requireNonNull(in, "live-client.js of this jar").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets every browser go and takes no more, so that the server need not wait for them. */
    @Override
    public void close() {
        List<LiveClient> all;
        synchronized (this) {
            stopped.countDown();
            all = List.copyOf(clients);
        }
        all.forEach(LiveClient::close);
    }
}
