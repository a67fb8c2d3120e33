package io.betrue.jobs;

import java.util.List;

/**
 * Recurring jobs. They live in the store; any worker that is running enqueues what is due, and each tick is enqueued once over any number of workers.
 * Each call asks the store and throws {@link JobException} when it does not answer. Safe for use by multiple threads.
 */
public interface Schedules {
    /**
     * Makes a schedule, or changes the one with this name; harmless when nothing differs, so that every process may say it at start. A changed
     * expression or zone counts from now on; a pause stays.
     *
     * @param schedule what is wanted
     */
    void put(Schedule<?> schedule);

    /**
     * Removes a schedule; jobs it has enqueued stay.
     *
     * @param name its name
     * @return whether there was one
     */
    boolean remove(String name);

    /**
     * Lets a schedule enqueue nothing until it is resumed; survives restarts.
     *
     * @param name its name
     * @return whether there is one
     */
    boolean pause(String name);

    /**
     * Ends a pause; what fell into it is treated as the misfire policy says.
     *
     * @param name its name
     * @return whether there is one
     */
    boolean resume(String name);

    /** {@return all schedules, by name} */
    List<ScheduleInfo> list();
}
