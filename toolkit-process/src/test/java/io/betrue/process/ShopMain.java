package io.betrue.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A program whose commands misbehave in one way each; what its tests look at is on the standard output. */
final class ShopMain {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private ShopMain() {}

    public static void main(String[] arguments) {
        Program.of(
                        "shop",
                        program -> program.service("serve", "Serve until stopped", ShopMain::serve)
                                .service("start-slowly", "Wait in a start", run -> {
                                    part(run, "database");
                                    run.step("cache", NEVER::await, () -> {});
                                })
                                .service("start-never", "Ignore all in a start", run -> {
                                    part(run, "database");
                                    run.step(
                                            "cache",
                                            () -> {
                                                System.out.println("hanging");
                                                StartTest.awaitWhateverInterrupts(NEVER);
                                            },
                                            () -> {},
                                            part -> part.startWithin(Duration.ofMillis(500)));
                                })
                                .service("stop-slowly", "Wait in a stop", run -> stopSlowly(run, Duration.ofMinutes(1)))
                                .service(
                                        "stop-late",
                                        "Wait in a stop for too long",
                                        run -> stopSlowly(run, Duration.ofMillis(500)))
                                .service("fail", "Fail in the background", run -> {
                                    part(run, "database");
                                    run.background("worker", () -> {
                                        int unused = System.in.read();
                                        throw new IllegalStateException("no more work");
                                    });
                                })
                                .service("stay", "Leave a thread behind", run -> {
                                    Thread stays = new Thread(() -> StartTest.awaitWhateverInterrupts(NEVER), "stays");
                                    stays.start(); // no daemon
                                    serve(run);
                                })
                                .task("stay-task", "Leave a thread behind", run -> {
                                    Thread stays = new Thread(() -> StartTest.awaitWhateverInterrupts(NEVER), "stays");
                                    stays.start();
                                })
                                .task("exit", "Exit on its own", run -> {
                                    part(run, "database");
                                    System.exit(7);
                                })
                                .service("exit-in-start", "Exit on its own in a start", run -> {
                                    part(run, "database");
                                    run.step("settings", () -> System.exit(7), () -> {});
                                })
                                .service("hang-at-end", "Hang in a shutdown hook", run -> {
                                    Runtime.getRuntime()
                                            .addShutdownHook(
                                                    new Thread(() -> StartTest.awaitWhateverInterrupts(NEVER)));
                                    serve(run);
                                })
                                .service("hush", "Set logging up first", run -> {
                                    System.setProperty("SHOP_LEVEL", "ERROR");
                                    serve(run);
                                    System.out.println("hushed");
                                }))
                .runAndExit(arguments);
    }

    private static void serve(Run run) {
        part(run, "database");
        part(run, "http");
    }

    private static void stopSlowly(Run run, Duration limit) {
        part(run, "database");
        run.step(
                "http",
                () -> {},
                () -> {
                    System.out.println("hanging");
                    StartTest.awaitWhateverInterrupts(NEVER);
                },
                part -> part.stopWithin(limit).abort(() -> System.out.println("!http")));
    }

    private static void part(Run run, String name) {
        run.step(name, () -> System.out.println("+" + name), () -> System.out.println("-" + name));
    }
}
