package io.betrue.process;

import static io.betrue.process.Log.log;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A command on its way from its first line to its exit status. Safe for use by multiple threads. */
final class Execution {
    private static final Duration COMMAND_WITHIN = Duration.ofSeconds(10);
    private static final Duration ABORTS_WITHIN = Duration.ofSeconds(2);

    private final String program;
    private final Declared command;
    private final List<String> arguments;
    private final Set<Class<? extends Throwable>> messageOnly;
    private final Time time;
    private final PrintStream err;
    private final Ending ending;
    private final Parts parts;
    private final Run run;
    private final AtomicBoolean signalled = new AtomicBoolean();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile boolean over;

    Execution(Program program, Declared command, List<String> arguments, Time time) {
        this.program = program.name();
        this.command = command;
        this.arguments = arguments;
        this.messageOnly = program.messageOnly();
        this.time = time;
        this.err = program.err();
        this.ending = new Ending(time);
        this.parts = new Parts(time, ending, messageOnly);
        this.run = new Run(ending, parts, time, program.out(), err);
    }

    /** Runs the command, stops what it has started, and returns the exit status. An interrupt of the calling thread tells the run to stop. */
    int run() {
        boolean interrupted = false;
        try {
            Task task = Task.start(
                    command.name(), () -> command.body().run(run, arguments), ended -> commandEnded(ended.failure()));
            try {
                ending.requested().get();
            } catch (InterruptedException e) {
                interrupted = true;
                ending.request(new Ending.Reason("interrupted", Program.DONE, null));
            } catch (ExecutionException e) {
                throw new IllegalStateException(e); // it never fails
            }
            tell(ending.requested().join());
            stop(task);
            return ending.status();
        } finally {
            ended.complete(true);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void commandEnded(@Nullable Throwable failure) {
        over = true;
        if (failure != null) {
            commandFailed(failure);
        } else if (command.isService()) {
            becomeReady();
        } else {
            ending.request(new Ending.Reason(command.name() + " is done", Program.DONE, null));
        }
    }

    private void becomeReady() {
        try {
            run.ready();
        } catch (IllegalStateException e) {
            commandFailed(e);
        }
    }

    private void commandFailed(Throwable failure) {
        ProcessException end = failure instanceof ProcessException known
                ? known
                : ProcessException.about(command.name() + " failed: " + Words.say(failure, messageOnly), failure);
        if (ending.request(new Ending.Reason(Words.say(end, messageOnly), end.exitCode(), end))) {
            return;
        }
        boolean cancelled = failure instanceof CancellationException || failure instanceof InterruptedException;
        if (!command.isService()) {
            log().warn("{} was told to stop before it was done", command.name());
            log().debug("What it said", failure);
            ending.failed();
        } else if (run.isReady() && !cancelled) {
            ending.failed(command.name() + " failed while the run was stopping", failure);
        } else {
            log().debug("{} was told to stop while it started", command.name(), failure);
        }
    }

    /** One line for people, and the whole story once for the log. */
    private void tell(Ending.Reason reason) {
        Throwable failure = reason.failure();
        if (failure == null) {
            return;
        }
        String line = Words.say(failure, messageOnly);
        err.println(program + ": " + line);
        if (reason.status() == Program.WRONG_ARGUMENTS) {
            err.println("Try \"" + program + " " + command.name() + " --help\".");
            return;
        }
        Throwable story = failure instanceof ProcessException known && known.isAbout() ? failure.getCause() : failure;
        if (story == null) {
            log().error("{}", line);
        } else if (Words.speaksForItself(story, messageOnly)) {
            log().debug("{}", line, story);
        } else {
            log().error("{}", line, story);
        }
    }

    private void stop(Task task) {
        long began = time.nanos();
        List<Part> order = parts.toStop();
        boolean silent = order.isEmpty() && (over || task.isExiting()); // a small command that came to its end
        if (!silent) {
            log().info("Stopping: {}", ending.requested().join().why());
        }
        if (run.isReady() && !run.drainDelay().isZero()) {
            time.await(new CompletableFuture<>(), ending.atMost(run.drainDelay()));
        }
        leaveCommand(task);
        order = parts.toStop(); // the command may have gone on for a while
        if (!order.isEmpty()) {
            log().debug("Stopping {}", order.stream().map(Part::name).collect(Collectors.joining(", ")));
        }
        order.forEach(Part::stop);
        if (!silent) {
            log().info("Stopped in {}", Words.show(Duration.ofNanos(time.nanos() - began)));
        }
    }

    private void leaveCommand(Task task) {
        if (over) {
            task.ended().join(); // it is at its last line
            return;
        }
        if (task.isExiting()) {
            return;
        }
        task.interrupt();
        Duration limit = ending.atMost(COMMAND_WITHIN);
        if (!time.await(task.ended(), limit)) {
            log().warn(
                            "{} did not end within {}, and is left; it is at {}",
                            command.name(),
                            Words.show(limit),
                            task.place());
            ending.failed();
        }
    }

    /** Takes a signal: the first one tells the run to stop, the next one ends the process. {@return whether to end it now} */
    boolean signal(String name) {
        if (!signalled.getAndSet(true)) {
            if (!ending.request(new Ending.Reason(name, Program.DONE, null))) {
                log().info("{}: it is stopping already; one more signal ends it at once", name);
            }
            return false;
        }
        Task last = Task.start("abort", () -> {
            log().warn("{} again: ending at once", name);
            parts.toStop().forEach(Part::abort);
        });
        time.await(last.ended(), ABORTS_WITHIN);
        return true;
    }

    /** The JVM ends, because somebody called {@code System.exit} or a signal came that is not heard here: stops in good order first. */
    void jvmEnds() {
        if (ended.isDone()) {
            return;
        }
        ending.request(new Ending.Reason("the JVM ends", Program.DONE, null));
        time.await(ended, ending.left().plus(ABORTS_WITHIN));
    }

    Duration timeLeft() {
        return ending.left();
    }
}
