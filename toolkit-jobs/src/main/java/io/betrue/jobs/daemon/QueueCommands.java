package io.betrue.jobs.daemon;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobType;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Commands that change queues. */
@SuppressWarnings("NullAway.Init") // picocli sets them
abstract class QueueCommands implements Callable<Integer> {
    private static final JobType<String> NAMES = JobType.of("any", String.class);

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "QUEUE", arity = "1..*", description = "The names of the queues.")
    private List<String> queues;

    abstract void change(JobControl control, String queue);

    @Override
    public Integer call() {
        queues.forEach(NAMES::queue); // refuses what can be no name
        return connection.with(jobs -> {
            queues.forEach(queue -> change(jobs.control(), queue));
            return 0;
        });
    }

    /** Pauses queues. */
    @Command(
            name = "pause",
            description = "Lets nobody take jobs from queues until they are resumed.",
            mixinStandardHelpOptions = true)
    static final class Pause extends QueueCommands {
        @Override
        void change(JobControl control, String queue) {
            control.pause(queue);
        }
    }

    /** Resumes queues. */
    @Command(name = "resume", description = "Ends the pause of queues.", mixinStandardHelpOptions = true)
    static final class Resume extends QueueCommands {
        @Override
        void change(JobControl control, String queue) {
            control.resume(queue);
        }
    }
}
