package io.betrue.process;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something done on a daemon thread of its own, so that whoever waits for it can stop waiting. Safe for use by multiple threads. */
final class Task {
    private final CompletableFuture<Task> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    private Task(String name, Action action, Consumer<Task> atEnd) {
        thread = new Thread(() -> perform(action, atEnd), name);
        thread.setDaemon(true);
    }

    /** Starts it on a thread of that name. */
    static Task start(String name, Action action) {
        return start(name, action, task -> {});
    }

    /** Starts it on a thread of that name, where something else is done when it has ended, before anybody hears of the end. */
    static Task start(String name, Action action, Consumer<Task> atEnd) {
        Task task = new Task(name, action, atEnd);
        task.thread.start();
        return task;
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private void perform(Action action, Consumer<Task> atEnd) {
        try {
            action.perform();
        } catch (Throwable e) { // an Error too must end the run, and not this thread alone
            failure = e;
        }
        try {
            atEnd.accept(this);
        } finally {
            ended.complete(this);
        }
    }

    /** {@return what completes, and never with a failure, when it has ended} */
    CompletableFuture<Task> ended() {
        return ended;
    }

    boolean hasEnded() {
        return ended.isDone();
    }

    /** {@return why it failed, or null} */
    @Nullable
    Throwable failure() {
        return failure;
    }

    void interrupt() {
        thread.interrupt();
    }

    /** {@return whether it has asked the JVM to exit, and so does not go on before the run has ended} */
    boolean isExiting() {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Runtime")
                    && frame.getMethodName().equals("exit")) {
                return true;
            }
        }
        return false;
    }

    /** {@return where it is: its innermost frame, and the innermost one outside the JDK} */
    String place() {
        StackTraceElement[] frames = thread.getStackTrace();
        if (frames.length == 0) {
            return "nowhere";
        }
        for (StackTraceElement frame : frames) {
            if (!isOfTheJdk(frame.getClassName())) {
                return frame.equals(frames[0]) ? show(frame) : show(frames[0]) + ", called by " + show(frame);
            }
        }
        return show(frames[0]);
    }

    /** Without the names of loader and module, which nobody looks for. */
    private static String show(StackTraceElement frame) {
        String line = frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber();
        String where = frame.getFileName() == null ? "" : "(" + frame.getFileName() + line + ")";
        return frame.getClassName() + "." + frame.getMethodName() + where;
    }

    private static boolean isOfTheJdk(String className) {
        return className.startsWith("java.")
                || className.startsWith("javax.")
                || className.startsWith("jdk.")
                || className.startsWith("sun.");
    }
}
