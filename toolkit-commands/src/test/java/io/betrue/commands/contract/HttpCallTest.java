package io.betrue.commands.contract;

import io.betrue.commands.Commands;
import io.betrue.commands.Target;
import io.betrue.commands.http.HttpCommands;
import io.betrue.commands.http.HttpTarget;
import io.betrue.errors.ErrorsPlugin;
import io.javalin.Javalin;
import java.net.URI;

/** Calls over HTTP, from the client to the server. */
class HttpCallTest extends CallContract {
    @Override
    protected boolean isInside() {
        return false;
    }

    @Override
    protected Way open(Commands commands) {
        Javalin app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    config.registerPlugin(new ErrorsPlugin(e -> e.catalogue(commands.catalogue())));
                    config.registerPlugin(new HttpCommands(commands));
                })
                .start("127.0.0.1", 0);
        HttpTarget target = HttpTarget.of(
                URI.create("http://127.0.0.1:" + app.port() + "/api"), t -> t.catalogue(commands.catalogue()));
        return new Way() {
            @Override
            public Target target() {
                return target;
            }

            @Override
            public void close() {
                target.close();
                app.stop();
                commands.close();
            }
        };
    }
}
