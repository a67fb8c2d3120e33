package io.betrue.process;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A run of a program on a machine of the test, and what it left behind. */
final class Trial implements AutoCloseable {
    final TestMachine machine = new TestMachine();
    final HeldTime time = machine.time;
    final Logged logged = new Logged();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Run> run = new CompletableFuture<>();

    /** Runs a service in the background. */
    Trial service(PlainCommand start) {
        return launch(
                program -> program.service("serve", "Serve", run -> {
                    this.run.complete(run);
                    start.run(run);
                }),
                "serve");
    }

    /** Runs a task in the background. */
    Trial task(PlainCommand work) {
        return launch(
                program -> program.task("work", "Work", run -> {
                    this.run.complete(run);
                    work.run(run);
                }),
                "work");
    }

    Trial launch(Consumer<ProgramConfig> config, String... arguments) {
        Program program = Program.of("shop", collected -> {
            collected.output(print(out), print(err));
            config.accept(collected);
        });
        Thread thread = new Thread(() -> program.runAndExit(machine, arguments), "main of the trial");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    /** Starts a part that notes its start and its stop. */
    void part(Run run, String name) {
        run.step(name, () -> note("+" + name), () -> note("-" + name));
    }

    void note(String event) {
        events.add(event);
    }

    List<String> events() {
        return events;
    }

    Run run() throws Exception {
        return run.get(20, TimeUnit.SECONDS);
    }

    /** Waits until the run is ready. */
    Trial awaitReady() throws Exception {
        Run current = run();
        Eventually.holds(() -> current.readiness() == Readiness.READY, "it is ready");
        return this;
    }

    /** Waits until a thread of this name waits for something itself: having been seen to run is not enough to say where it is. */
    static void awaitWaiting(String thread) throws Exception {
        Eventually.holds(
                () -> Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(each -> each.getName().equals(thread) && each.getState() == Thread.State.WAITING),
                thread + " waits");
    }

    int status() throws Exception {
        return machine.exitStatus();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        logged.close();
    }
}
