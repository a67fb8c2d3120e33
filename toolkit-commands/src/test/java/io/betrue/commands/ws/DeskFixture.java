package io.betrue.commands.ws;

import io.betrue.errors.ErrorsPlugin;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;

/** A desk that is served over WebSockets, anew for each test. */
abstract class DeskFixture {
    Desk desk = desk(ws -> {});

    private static Desk desk(Consumer<WebSocketCommandsConfig> config) {
        return new Desk(
                ws -> {
                    ws.stop(Duration.ofMillis(200), Duration.ofSeconds(2));
                    config.accept(ws);
                },
                app -> app.registerPlugin(new ErrorsPlugin()));
    }

    final void serve(Consumer<WebSocketCommandsConfig> config) {
        desk.close();
        desk = desk(config);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    /** Not in the common pool: on two cores it has one thread, and the clients of these tests need it, too. */
    static void aside(Runnable task) {
        Thread thread = new Thread(task, "stop");
        thread.setDaemon(true);
        thread.start();
    }
}
