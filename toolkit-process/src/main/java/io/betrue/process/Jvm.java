package io.betrue.process;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The JVM that this runs in. */
final class Jvm implements Machine {
    private static final Duration HOOKS_WITHIN = Duration.ofSeconds(5);

    private final Time time = Time.real();

    @Override
    public Time time() {
        return time;
    }

    @Override
    public void onSignal(Consumer<String> heard) {
        Signals.onStop(heard);
    }

    @Override
    public void onEnd(Runnable last) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(last, "stop"));
        } catch (IllegalStateException e) {
            // the JVM is ending already, before anything was started
        }
    }

    /** A shutdown hook that hangs, of whoever, ends with the process after a while. */
    @Override
    public void exit(int status) {
        Task.start("exit-deadline", () -> {
            time.await(new CompletableFuture<>(), HOOKS_WITHIN);
            halt(status == Program.DONE ? Program.FAILED : status);
        });
        System.exit(status);
    }

    @Override
    public void halt(int status) {
        Runtime.getRuntime().halt(status);
    }
}
