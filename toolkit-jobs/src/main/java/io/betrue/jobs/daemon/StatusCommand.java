package io.betrue.jobs.daemon;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.QueueInfo;
import io.betrue.jobs.WorkerInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows queues and workers. */
@Command(name = "status", description = "Shows queues and workers.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets them
final class StatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return connection.with(jobs -> {
            JobControl control = jobs.control();
            print(out, control.queues(), control.workers());
            return 0;
        });
    }

    private void print(PrintWriter out, List<QueueInfo> queues, List<WorkerInfo> workers) {
        if (output.isJson()) {
            Output.json(out, Map.of("queues", queues, "workers", workers));
            return;
        }
        Table table = new Table("QUEUE", "QUEUED", "DELAYED", "RUNNING", "OLDEST", "");
        queues.forEach(queue -> table.add(
                queue.name(),
                queue.queued(),
                queue.delayed(),
                queue.running(),
                queue.oldest() == null ? "-" : Durations.show(queue.oldest()),
                queue.paused() ? "paused" : ""));
        table.print(out);
        out.println();
        Table processes = new Table("WORKER", "NAME", "QUEUES", "RUNNING", "LAST SEEN", "");
        workers.forEach(worker -> processes.add(
                worker.id(),
                worker.name(),
                String.join(",", worker.queues()),
                worker.running(),
                Durations.show(worker.silence()) + " ago",
                worker.draining() ? "draining" : ""));
        processes.print(out);
    }
}
