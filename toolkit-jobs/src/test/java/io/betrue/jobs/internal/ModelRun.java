package io.betrue.jobs.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.EnqueuedJob;
import io.betrue.jobs.JobOutcome;
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
    private static final StoreListener DEAF = new DeafListener();

    private final ModelPair pair;
    private final ModelDiary diary;
    private final int seed;
    private final ModelChance chance;
    private final ModelBooks books = new ModelBooks();
    private final List<ModelCrew> crews = new ArrayList<>();
    private final List<Taken> recent = new ArrayList<>();
    private final Map<Runnable, Integer> steps = new LinkedHashMap<>();
    private final int weights;
    private int claims;

    ModelRun(JobStore subject, Consumer<Instant> clock, int seed) {
        this.seed = seed;
        this.chance = new ModelChance(new Random(seed));
        this.diary = new ModelDiary(clock);
        this.pair = new ModelPair(MemoryStores.create(((InstantSource) diary::now).withZone(ZoneOffset.UTC)), subject);
        ModelOperator operator = new ModelOperator(pair, books, chance, diary);
        steps.put(this::insert, 18);
        steps.put(this::claim, 20);
        steps.put(this::settle, 22);
        steps.put(this::beat, 6);
        steps.put(this::upkeep, 8);
        steps.put(this::pass, 6);
        steps.put(this::waitBeating, 6);
        steps.put(this::report, 4);
        steps.put(operator::control, 14);
        steps.put(operator::queue, 3);
        steps.put(this::open, 2);
        steps.put(this::leave, 1);
        steps.put(this::giveBack, 2);
        steps.put(operator::schedule, 2);
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
        return "seed " + seed + " went wrong in step " + diary.steps() + "; -Djobs.model.seed=" + seed
                + " does it again. The last steps:\n" + diary.last();
    }

    void close() {
        crews.forEach(crew -> crew.subject.close());
    }

    private void compare() {
        pair.compare(diary.takeTouched());
        books.audit(pair.jobs());
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
            jobs.add(chance.newJob(plain, diary.now()));
        }
        diary.say("insert %s", jobs.stream().map(ModelChance::brief).toList());
        List<EnqueuedJob> made = pair.insert(jobs);
        made.forEach(one -> diary.touch(one.id()));
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
        diary.say("open %s, beats each %s", name, heartbeat);
        crews.add(new ModelCrew(
                name, heartbeat, pair.oracle.open(card, DEAF), pair.subject.open(card, DEAF), diary.now()));
    }

    private void leave() {
        ModelCrew crew = anyCrew(one -> !one.closed);
        if (crew != null) {
            diary.say("close %s", crew);
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
        diary.say("beat of %s", crew);
        crew.heardAt = diary.now();
        pair.beat(crew, draining);
    }

    private void upkeep() {
        ModelCrew crew = anyCrew(one -> !one.closed);
        if (crew != null) {
            upkeep(crew);
        }
    }

    private void upkeep(ModelCrew crew) {
        diary.say("upkeep by %s", crew);
        int ticks = pair.upkeep(crew);
        for (int i = 0; i < ticks; i++) {
            books.made();
        }
        takenBack(one -> one != crew && one.isGone(diary.now()), true);
    }

    private void giveBack() {
        ModelCrew crew = anyCrew(one -> true);
        if (crew != null) {
            Set<Long> held = new HashSet<>();
            recent.stream()
                    .filter(taken -> chance.percent(70))
                    .forEach(taken -> held.add(taken.oracle().id()));
            diary.say("give back all of %s but %s", crew, held);
            pair.giveBackAllBut(crew, held);
            takenBack(one -> one == crew, false);
        }
    }

    private void takenBack(Predicate<ModelCrew> from, boolean counts) {
        diary.touch(books.takenBack(pair.jobs(), from, counts));
    }

    // time goes by

    private void pass() {
        diary.clockTo(diary.now()
                .plus(chance.any(List.of(
                        ofMillis(1),
                        ofMillis(500),
                        ofSeconds(1),
                        ofSeconds(3),
                        ofSeconds(10),
                        ofMinutes(1),
                        ofMinutes(20)))));
    }

    /** Some workers beat all the while, and one of them looks after the others. */
    private void waitBeating() {
        Set<ModelCrew> silent = new HashSet<>();
        crews.stream().filter(crew -> crew.closed || chance.percent(25)).forEach(silent::add);
        List<ModelCrew> beating =
                crews.stream().filter(crew -> !silent.contains(crew)).toList();
        for (int i = chance.below(11); i >= 0; i--) {
            diary.clockTo(diary.now().plusSeconds(4));
            beating.forEach(this::beat);
        }
        if (!beating.isEmpty()) {
            upkeep(chance.any(beating));
        }
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
        diary.say("claim by %s of %s: %s", crew, lanes, ids(taken));
        for (Taken one : taken) {
            books.claimed(one);
            diary.touch(one.oracle().id());
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
        diary.say("settle by %s of %s: %s", crew, ids(all), outcomes);
        diary.touch(ids(all));
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
        diary.say("report by %s of %s: %s %s %s", crew, taken.oracle().id(), progress, message, lines);
        diary.touch(taken.oracle().id());
        pair.report(crew, taken, progress, message, lines);
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
            diary.clockTo(diary.now().plus(ofMinutes(10)));
            upkeep(last);
            List<Taken> taken = pair.claim(
                    last,
                    ModelChance.QUEUES.stream()
                            .map(queue -> new Lane(queue, 100, null, Set.of()))
                            .toList());
            diary.say("claim by %s of all: %s", last, ids(taken));
            taken.forEach(books::claimed);
            List<JobOutcome> outcomes = taken.stream()
                    .map(one -> (JobOutcome) new JobOutcome.Succeeded(null))
                    .toList();
            assertThat(pair.settle(last, taken, outcomes)).as("refused").isEmpty();
            taken.forEach(one -> books.settled(one, outcomes.get(0), true));
        }
        diary.touch(pair.known());
        compare();
    }
}
