package io.betrue.jobs.internal;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobControl;
import io.betrue.jobs.JobOutcome;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.internal.ModelBooks.Taken;
import io.betrue.jobs.testing.MemoryStores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One random walk through the store under test and the one in memory, hand in hand. */
final class ModelRun {
    private static final int RECENT = 40;
    private static final int SHOWN = 25;
    private static final StoreListener DEAF = new DeafListener();

    private final ModelPair pair;
    private final Consumer<Instant> clock;
    private final int seed;
    private final ModelChance chance;
    private final ModelBooks books = new ModelBooks();
    private final List<ModelCrew> crews = new ArrayList<>();
    private final List<Taken> recent = new ArrayList<>();
    private final Set<Long> touched = new HashSet<>();
    private final List<String> log = new ArrayList<>();
    private final Map<Runnable, Integer> steps = new LinkedHashMap<>();
    private final int weights;
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private int claims;

    ModelRun(JobStore subject, Consumer<Instant> clock, int seed) {
        this.seed = seed;
        this.chance = new ModelChance(new Random(seed));
        this.clock = clock;
        this.pair = new ModelPair(MemoryStores.create(((InstantSource) () -> now).withZone(ZoneOffset.UTC)), subject);
        clock.accept(now);
        steps.put(this::insert, 18);
        steps.put(this::claim, 20);
        steps.put(this::settle, 22);
        steps.put(this::beat, 6);
        steps.put(this::upkeep, 8);
        steps.put(this::pass, 6);
        steps.put(this::waitBeating, 6);
        steps.put(this::report, 4);
        steps.put(this::control, 14);
        steps.put(this::queue, 3);
        steps.put(this::open, 2);
        steps.put(this::leave, 1);
        steps.put(this::giveBack, 2);
        steps.put(this::schedule, 2);
        this.weights = steps.values().stream().mapToInt(Integer::intValue).sum();
        open();
        open();
    }

    /** Does one thing. */
    void step(boolean compare) {
        int left = chance.below(weights);
        for (Map.Entry<Runnable, Integer> step : steps.entrySet()) {
            left -= step.getValue();
            if (left < 0) {
                step.getKey().run();
                break;
            }
        }
        if (compare) {
            compare();
        }
    }

    int claims() {
        return claims;
    }

    String describe() {
        int from = Math.max(0, log.size() - SHOWN);
        return "seed " + seed + " went wrong in step " + log.size() + "; -Djobs.model.seed=" + seed
                + " does it again. The last steps:\n" + String.join("\n", log.subList(from, log.size()));
    }

    void close() {
        crews.forEach(crew -> crew.subject.close());
    }

    private void compare() {
        pair.compare(touched);
        books.audit(pair.jobs());
        touched.clear();
    }

    @FormatMethod
    private void say(String text, @Nullable Object... about) {
        log.add(now + " " + text.formatted(about));
    }

    private @Nullable ModelCrew anyCrew(Predicate<ModelCrew> wanted) {
        List<ModelCrew> some = crews.stream().filter(wanted).toList();
        return some.isEmpty() ? null : chance.any(some);
    }

    // jobs come

    private void insert() {
        List<NewJob> jobs = new ArrayList<>();
        int count = chance.percent(70) ? 1 : 2 + chance.below(5);
        boolean plain = chance.percent(40);
        for (int i = 0; i < count; i++) {
            jobs.add(chance.newJob(plain, now));
        }
        say("insert %s", jobs.stream().map(ModelChance::brief).toList());
        List<EnqueuedJob> made = pair.insert(jobs);
        made.forEach(one -> touched.add(one.id()));
        made.stream().filter(EnqueuedJob::created).forEach(one -> books.made());
    }

    // workers come and go

    private void open() {
        if (crews.stream().filter(crew -> !crew.closed).count() >= 5) {
            return;
        }
        String name = "w" + (crews.size() + 1);
        Duration heartbeat = chance.percent(70) ? ofSeconds(4) : ofSeconds(10);
        WorkerCard card = new WorkerCard(name, Set.copyOf(ModelChance.QUEUES), ModelChance.RATES, heartbeat);
        say("open %s, beats each %s", name, heartbeat);
        crews.add(new ModelCrew(name, heartbeat, pair.oracle.open(card, DEAF), pair.subject.open(card, DEAF), now));
    }

    private void leave() {
        ModelCrew crew = anyCrew(one -> !one.closed);
        if (crew != null) {
            say("close %s", crew);
            crew.closed = true;
            crew.oracle.close();
            crew.subject.close();
            takenBack(one -> one == crew, true);
        }
    }

    private void beat() {
        ModelCrew crew = anyCrew(one -> !one.closed || chance.percent(5));
        if (crew != null) {
            beat(crew);
        }
    }

    private void beat(ModelCrew crew) {
        boolean draining = chance.percent(5);
        say("beat of %s", crew);
        crew.heardAt = now;
        pair.beat(crew, draining);
    }

    private void upkeep() {
        ModelCrew crew = anyCrew(one -> !one.closed);
        if (crew != null) {
            upkeep(crew);
        }
    }

    private void upkeep(ModelCrew crew) {
        say("upkeep by %s", crew);
        int ticks = pair.upkeep(crew);
        for (int i = 0; i < ticks; i++) {
            books.made();
        }
        takenBack(one -> one != crew && one.isGone(now), true);
    }

    private void giveBack() {
        ModelCrew crew = anyCrew(one -> true);
        if (crew != null) {
            Set<Long> held = new HashSet<>();
            recent.stream()
                    .filter(taken -> chance.percent(70))
                    .forEach(taken -> held.add(taken.oracle().id()));
            say("give back all of %s but %s", crew, held);
            pair.giveBackAllBut(crew, held);
            takenBack(one -> one == crew, false);
        }
    }

    private void takenBack(Predicate<ModelCrew> from, boolean counts) {
        touched.addAll(books.takenBack(pair.jobs(), from, counts));
    }

    // time goes by

    private void pass() {
        clockTo(now.plus(chance.any(List.of(
                ofMillis(1), ofMillis(500), ofSeconds(1), ofSeconds(3), ofSeconds(10), ofMinutes(1), ofMinutes(20)))));
    }

    /** Some workers beat all the while, and one of them looks after the others. */
    private void waitBeating() {
        Set<ModelCrew> silent = new HashSet<>();
        crews.stream().filter(crew -> crew.closed || chance.percent(25)).forEach(silent::add);
        List<ModelCrew> beating =
                crews.stream().filter(crew -> !silent.contains(crew)).toList();
        for (int i = chance.below(11); i >= 0; i--) {
            clockTo(now.plusSeconds(4));
            beating.forEach(this::beat);
        }
        if (!beating.isEmpty()) {
            upkeep(chance.any(beating));
        }
    }

    private void clockTo(Instant time) {
        now = time;
        clock.accept(now);
        say("o'clock");
    }

    // jobs run

    private void claim() {
        ModelCrew crew = anyCrew(one -> !one.closed || chance.percent(5));
        if (crew == null) {
            return;
        }
        List<Lane> lanes = chance.lanes();
        if (lanes.isEmpty()) {
            return;
        }
        List<Taken> taken = pair.claim(crew, lanes);
        say("claim by %s of %s: %s", crew, lanes, ids(taken));
        for (Taken one : taken) {
            books.claimed(one);
            touched.add(one.oracle().id());
            recent.add(one);
        }
        claims += taken.size();
        while (recent.size() > RECENT) {
            recent.remove(0);
        }
    }

    private static List<Long> ids(List<Taken> taken) {
        return taken.stream().map(one -> one.oracle().id()).toList();
    }

    /** Mostly what holds, by the one who has it; now and then what is long over, or by somebody else. */
    private void settle() {
        if (recent.isEmpty()) {
            return;
        }
        List<Taken> holding = recent.stream().filter(books::holds).toList();
        Taken first = chance.any(holding.isEmpty() || chance.percent(20) ? recent : holding);
        ModelCrew crew = chance.percent(90) ? first.crew() : chance.any(crews);
        Map<Long, Taken> some = new LinkedHashMap<>();
        some.put(first.oracle().id(), first);
        for (Taken other : recent) {
            if (other.crew() == first.crew() && chance.percent(25)) {
                some.putIfAbsent(other.oracle().id(), other);
            }
        }
        List<Taken> all = List.copyOf(some.values());
        List<JobOutcome> outcomes = all.stream().map(taken -> chance.outcome()).toList();
        say("settle by %s of %s: %s", crew, ids(all), outcomes);
        touched.addAll(ids(all));
        Set<Taken> refused = pair.settle(crew, all, outcomes);
        for (int i = 0; i < all.size(); i++) {
            settled(crew, all.get(i), outcomes.get(i), refused.contains(all.get(i)));
        }
    }

    private void settled(ModelCrew by, Taken taken, JobOutcome outcome, boolean refused) {
        boolean held = books.holds(taken) && taken.crew() == by;
        if (!refused && !held) {
            // the answer might have been lost: only for the claim that did succeed
            assertThat(pair.succeededUnder(taken) && outcome instanceof JobOutcome.Succeeded)
                    .as(
                            "%s of job %s was taken, whose lease had passed",
                            outcome, taken.oracle().id())
                    .isTrue();
        } else if (refused) {
            assertThat(held)
                    .as(
                            "%s of job %s was refused, whose lease held",
                            outcome, taken.oracle().id())
                    .isFalse();
        } else {
            books.settled(taken, outcome, pair.isOver(taken.oracle().id()));
        }
    }

    private void report() {
        if (recent.isEmpty()) {
            return;
        }
        Taken taken = chance.any(recent);
        ModelCrew crew = chance.percent(90) ? taken.crew() : chance.any(crews);
        Double progress = chance.percent(60) ? chance.below(5) / 4.0 : null;
        String message = chance.percent(50) ? "half" : null;
        List<String> lines = chance.percent(50) ? List.of("one", "two") : List.of();
        say("report by %s of %s: %s %s %s", crew, taken.oracle().id(), progress, message, lines);
        touched.add(taken.oracle().id());
        pair.report(crew, taken, progress, message, lines);
    }

    // somebody steps in

    private void control() {
        List<Long> known = pair.known();
        if (known.isEmpty()) {
            return;
        }
        long id = chance.percent(2)
                ? Long.MAX_VALUE
                : chance.percent(60)
                        ? known.get(known.size() - 1 - chance.below(Math.min(20, known.size())))
                        : chance.any(known);
        touched.add(id);
        int what = chance.below(12);
        if (what < 4) {
            boolean done = pair.control("cancel", id, JobControl::cancel);
            say("cancel %s: %s", id, done);
            if (done && !books.runs(id)) {
                books.cancelledWhileWaiting(id);
            }
        } else if (what < 8) {
            boolean done = pair.control("retry", id, JobControl::retry);
            say("retry %s: %s", id, done);
            if (done) {
                books.retried(id);
            }
        } else if (what < 10) {
            Instant time = now.plus(chance.any(List.of(ofSeconds(-9), ZERO, ofSeconds(9), ofMinutes(3))));
            boolean done = pair.control("reschedule", id, (control, one) -> control.reschedule(one, time));
            say("reschedule %s for %s: %s", id, time, done);
        } else {
            boolean done = pair.control("discard", id, JobControl::discard);
            say("discard %s: %s", id, done);
            if (done) {
                books.discarded(id);
            }
        }
    }

    private void queue() {
        String queue = chance.any(ModelChance.QUEUES);
        if (chance.percent(40)) {
            say("pause %s", queue);
            pair.both(store -> store.control().pause(queue));
        } else {
            say("resume %s", queue);
            pair.both(store -> store.control().resume(queue));
        }
    }

    private void schedule() {
        switch (chance.below(6)) {
            case 0 -> {
                say("schedule paused: %s", pair.schedules(schedules -> schedules.pause("nightly")));
            }
            case 1 -> {
                say("schedule resumed: %s", pair.schedules(schedules -> schedules.resume("nightly")));
            }
            case 2 -> {
                say("schedule removed: %s", pair.schedules(schedules -> schedules.remove("nightly")));
            }
            default -> {
                Schedule<String> schedule = chance.schedule();
                say("schedule %s", schedule);
                pair.schedules(schedules -> {
                    schedules.put(schedule);
                    return true;
                });
            }
        }
    }

    /** In the end every job ends. */
    void drain() {
        pair.schedules(schedules -> schedules.remove("nightly"));
        for (String queue : ModelChance.QUEUES) {
            pair.both(store -> store.control().resume(queue));
        }
        while (crews.stream().anyMatch(crew -> !crew.closed)) {
            leave();
        }
        open();
        ModelCrew last = crews.get(crews.size() - 1);
        for (int round = 0; pair.anyLeft(); round++) {
            assertThat(round).as("rounds until every job has ended").isLessThan(200);
            clockTo(now.plus(ofMinutes(10)));
            upkeep(last);
            List<Taken> taken = pair.claim(
                    last,
                    ModelChance.QUEUES.stream()
                            .map(queue -> new Lane(queue, 100, null, Set.of()))
                            .toList());
            say("claim by %s of all: %s", last, ids(taken));
            taken.forEach(books::claimed);
            List<JobOutcome> outcomes = taken.stream()
                    .map(one -> (JobOutcome) new JobOutcome.Succeeded(null))
                    .toList();
            assertThat(pair.settle(last, taken, outcomes)).as("refused").isEmpty();
            taken.forEach(one -> books.settled(one, outcomes.get(0), true));
        }
        touched.addAll(pair.known());
        compare();
    }
}
