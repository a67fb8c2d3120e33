package io.betrue.jobs.internal;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.betrue.jobs.JobControl;
import io.betrue.jobs.Schedule;
import java.time.Instant;
import java.util.List;

/** Whoever steps in: cancels, retries, reschedules and discards jobs, pauses queues, changes a schedule. */
final class ModelOperator {
    private final ModelPair pair;
    private final ModelBooks books;
    private final ModelChance chance;
    private final ModelDiary diary;

    ModelOperator(ModelPair pair, ModelBooks books, ModelChance chance, ModelDiary diary) {
        this.pair = pair;
        this.books = books;
        this.chance = chance;
        this.diary = diary;
    }

    void control() {
        List<Long> known = pair.known();
        if (known.isEmpty()) {
            return;
        }
        long id = chance.percent(2)
                ? Long.MAX_VALUE
                : chance.percent(60)
                        ? known.get(known.size() - 1 - chance.below(Math.min(20, known.size())))
                        : chance.any(known);
        diary.touch(id);
        int what = chance.below(12);
        if (what < 4) {
            boolean done = pair.control("cancel", id, JobControl::cancel);
            diary.say("cancel %s: %s", id, done);
            if (done && !books.runs(id)) {
                books.cancelledWhileWaiting(id);
            }
        } else if (what < 8) {
            boolean done = pair.control("retry", id, JobControl::retry);
            diary.say("retry %s: %s", id, done);
            if (done) {
                books.retried(id);
            }
        } else if (what < 10) {
            Instant time = diary.now().plus(chance.any(List.of(ofSeconds(-9), ZERO, ofSeconds(9), ofMinutes(3))));
            boolean done = pair.control("reschedule", id, (control, one) -> control.reschedule(one, time));
            diary.say("reschedule %s for %s: %s", id, time, done);
        } else {
            boolean done = pair.control("discard", id, JobControl::discard);
            diary.say("discard %s: %s", id, done);
            if (done) {
                books.discarded(id);
            }
        }
    }

    void queue() {
        String queue = chance.any(ModelChance.QUEUES);
        if (chance.percent(40)) {
            diary.say("pause %s", queue);
            pair.both(store -> store.control().pause(queue));
        } else {
            diary.say("resume %s", queue);
            pair.both(store -> store.control().resume(queue));
        }
    }

    void schedule() {
        switch (chance.below(6)) {
            case 0 -> {
                diary.say("schedule paused: %s", pair.schedules(schedules -> schedules.pause("nightly")));
            }
            case 1 -> {
                diary.say("schedule resumed: %s", pair.schedules(schedules -> schedules.resume("nightly")));
            }
            case 2 -> {
                diary.say("schedule removed: %s", pair.schedules(schedules -> schedules.remove("nightly")));
            }
            default -> {
                Schedule<String> schedule = chance.schedule();
                diary.say("schedule %s", schedule);
                pair.schedules(schedules -> {
                    schedules.put(schedule);
                    return true;
                });
            }
        }
    }
}
