package io.betrue.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A machine whose signals come from a test, and whose end the test survives. */
final class TestMachine implements Machine {
    final HeldTime time = new HeldTime();
    private final CompletableFuture<Consumer<String>> heard = new CompletableFuture<>();
    private final CompletableFuture<Runnable> last = new CompletableFuture<>();
    private final CompletableFuture<Integer> exited = new CompletableFuture<>();
    private final CompletableFuture<Integer> halted = new CompletableFuture<>();

    @Override
    public Time time() {
        return time;
    }

    @Override
    public void onSignal(Consumer<String> heard) {
        this.heard.complete(heard);
    }

    @Override
    public void onEnd(Runnable last) {
        this.last.complete(last);
    }

    @Override
    public void exit(int status) {
        exited.complete(status);
    }

    @Override
    public void halt(int status) {
        halted.complete(status);
    }

    void signal(String name) throws Exception {
        heard.get(20, TimeUnit.SECONDS).accept(name);
    }

    void end() throws Exception {
        last.get(20, TimeUnit.SECONDS).run();
    }

    int exitStatus() throws Exception {
        return exited.get(20, TimeUnit.SECONDS);
    }

    int haltStatus() throws Exception {
        return halted.get(20, TimeUnit.SECONDS);
    }

    boolean isHalted() {
        return halted.isDone();
    }
}
