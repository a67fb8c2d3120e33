package io.betrue.jobs.nats;

import static io.betrue.jobs.nats.Keeper.until;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.betrue.jobs.Cron;
import io.betrue.jobs.JobRequest;
import io.betrue.jobs.JobType;
import io.betrue.jobs.Schedule;
import io.betrue.jobs.Schedule.Misfire;
import io.betrue.jobs.ScheduleInfo;
import io.betrue.jobs.Schedules;
import io.betrue.jobs.internal.JobCodec;
import io.betrue.testsupport.TestNats;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recurring jobs. */
class NatsSchedulesIT {
    @RegisterExtension
    static final TestNats NATS = TestNats.shared();

    private static final JobType<String> TYPE = JobType.of("t", String.class);
    private static final Cron EACH_SECOND = Cron.parse("* * * * * *");
    private static final Cron YEARLY = Cron.parse("0 0 1 1 *");

    private String namespace;
    private Keeper keeper;
    private Schedules schedules;

    @BeforeEach
    void open() {
        namespace = NATS.namespace();
        keeper = Keeper.of(NATS.url(), namespace);
        schedules = schedules(keeper);
    }

    @AfterEach
    void close() {
        Namespaces.remove(keeper.store.wire().connection, namespace);
        keeper.close();
    }

    private static Schedules schedules(Keeper keeper) {
        return keeper.store.schedules(new JobCodec(JobCodec.defaultMapper(), () -> null));
    }

    private static Schedule<String> schedule(Cron cron) {
        return Schedule.of("a:b/c", cron, TYPE, "x");
    }

    private ScheduleInfo info() {
        return info("a:b/c");
    }

    private ScheduleInfo info(String name) {
        return schedules.list().stream()
                .filter(info -> info.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private long jobs() {
        return keeper.count(keeper.store.names().work);
    }

    private long revision() {
        return new ScheduleShelf(keeper.store).get(ScheduleShelf.key("a:b/c")).revision();
    }

    /** Lets a record stand as if its next tick had been some time ago. */
    private void overdue(Duration time) {
        new ScheduleShelf(keeper.store)
                .change(
                        "a:b/c",
                        there -> Objects.requireNonNull(there)
                                .promising(
                                        List.of(),
                                        keeper.store.clock().now().minus(time).truncatedTo(ChronoUnit.SECONDS)));
    }

    @Test
    void writesNothingWhenNothingDiffers() {
        schedules.put(schedule(YEARLY));
        Instant next = Objects.requireNonNull(info().next());
        assertThat(next).isAfter(Instant.now());
        long revision = revision();
        schedules.put(schedule(YEARLY));
        assertThat(revision()).isEqualTo(revision);
        schedules.put(schedule(Cron.parse("0 0 2 1 *")));
        assertThat(info().next()).isNotEqualTo(next);
        schedules.put(schedule(YEARLY).in(ZoneId.of("Asia/Tokyo")));
        assertThat(info().next()).isEqualTo(next.minus(ofHours(9)));
    }

    @Test
    void keepsAPauseAndTheNextTickWhenTheJobChanges() {
        schedules.put(schedule(YEARLY));
        assertThat(schedules.pause("a:b/c")).isTrue();
        Instant next = info().next();
        schedules.put(Schedule.of("a:b/c", YEARLY, TYPE, "y").onMisfire(Misfire.ALL));
        assertThat(info().paused()).isTrue();
        assertThat(info().payload()).isEqualTo("\"y\"");
        assertThat(info().misfire()).isEqualTo(Misfire.ALL);
        assertThat(info().next()).isEqualTo(next);
        assertThat(schedules.resume("a:b/c")).isTrue();
        assertThat(info().paused()).isFalse();
    }

    @Test
    void saysWhetherThereIsOne() {
        assertThat(schedules.pause("none")).isFalse();
        assertThat(schedules.resume("none")).isFalse();
        assertThat(schedules.remove("none")).isFalse();
        schedules.put(schedule(YEARLY));
        assertThat(schedules.remove("a:b/c")).isTrue();
        assertThat(schedules.remove("a:b/c")).isFalse();
        assertThat(schedules.list()).isEmpty();
        schedules.put(schedule(YEARLY));
        assertThat(info().lastJob()).isNull();
    }

    @Test
    void ticksAtOnceWhenSomebodyPutsASchedule() {
        keeper.start();
        until(() -> keeper.store.roster().isLed());
        try (Keeper other = Keeper.of(NATS.url(), namespace)) {
            schedules(other).put(schedule(EACH_SECOND));
            until(() -> jobs() == 2);
            assertThat(schedules(other).pause("a:b/c")).isTrue();
        }
        until(() -> info().lastJob() != null);
        ScheduleInfo info = info();
        assertThat(keeper.work(Objects.requireNonNull(info.lastJob()))).isNotNull();
        assertThat(info.next()).isEqualTo(Objects.requireNonNull(info.last()).plusSeconds(1));
        schedules.put(Schedule.of("other", EACH_SECOND, TYPE, "y"));
        until(() -> ticked("other", 2));
        assertThat(info("a:b/c")).isEqualTo(info);
    }

    private boolean ticked(String name, int times) {
        ScheduleInfo info = info(name);
        return info.last() != null && jobs() >= 2 + times;
    }

    @Test
    void doesWithMissedTicksAsTheMisfireSays() {
        schedules.put(schedule(EACH_SECOND).onMisfire(Misfire.ALL));
        schedules.pause("a:b/c");
        overdue(ofSeconds(9));
        keeper.upkeep.run();
        assertThat(jobs()).as("paused").isZero();
        schedules.resume("a:b/c");
        keeper.upkeep.run();
        assertThat(jobs()).isBetween(10L, 11L);
        long all = jobs();
        schedules.put(schedule(YEARLY).onMisfire(Misfire.ONE));
        overdue(ofDays(800));
        keeper.upkeep.run();
        assertThat(jobs()).isEqualTo(all + 1);
        schedules.put(schedule(YEARLY).onMisfire(Misfire.SKIP));
        overdue(ofMinutes(1));
        keeper.upkeep.run();
        assertThat(jobs()).isEqualTo(all + 1);
        assertThat(info().next()).isAfter(Instant.now());
    }

    @Test
    void leavesOutATickWhileTheLastJobOfItsKeyWaits() {
        schedules.put(new Schedule<>(
                "a:b/c",
                EACH_SECOND,
                ZoneId.of("UTC"),
                Misfire.ALL,
                JobRequest.of(TYPE, "x").uniqueKey("one")));
        overdue(ofSeconds(5));
        keeper.upkeep.run();
        assertThat(jobs()).isEqualTo(1);
        assertThat(keeper.work(Objects.requireNonNull(info().lastJob()))).isNotNull();
    }

    @Test
    void keepsWhatALeaderPromisedThatDiedBeforeItWroteAnything() {
        schedules.put(schedule(YEARLY));
        long id = promise();
        keeper.upkeep.run();
        assertThat(keeper.work(id)).isNotNull();
        assertThat(info().lastJob()).isEqualTo(id);
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void enqueuesNothingASecondTimeWhenALeaderDiedAfterItWroteTheJob() {
        schedules.put(schedule(YEARLY));
        keeper.upkeep.run();
        long id = promise();
        // the leader hears of it by a watch
        Keeper.until(() -> {
            keeper.upkeep.run();
            return keeper.work(id) != null;
        });
        Stored job = Objects.requireNonNull(keeper.work(id));
        Entry ended = JobMessages.read(job).ended(1, Instant.now(), "w", null, null);
        Names names = keeper.store.names();
        keeper.store
                .wire()
                .publish(
                        names.ended(io.betrue.jobs.JobState.SUCCEEDED, "default", id),
                        JobMessages.moved(ended),
                        JobMessages.body(ended));
        keeper.store.wire().delete(names.work, job.sequence());
        new ScheduleShelf(keeper.store)
                .change(
                        "a:b/c",
                        there -> Objects.requireNonNull(there)
                                .promising(List.of(new ScheduleRecord.Promise(Instant.now(), id)), there.next()));
        until(() -> {
            keeper.upkeep.run();
            return Objects.requireNonNull(new ScheduleShelf(keeper.store)
                            .get(ScheduleShelf.key("a:b/c"))
                            .record())
                    .promised()
                    .isEmpty();
        });
        assertThat(jobs()).isZero();
    }

    private long promise() {
        long id = keeper.store.ids().next();
        new ScheduleShelf(keeper.store)
                .change(
                        "a:b/c",
                        there -> Objects.requireNonNull(there)
                                .promising(List.of(new ScheduleRecord.Promise(Instant.now(), id)), there.next()));
        return id;
    }

    @Test
    void runsOncePerTickWhileLeadersDieAndAreDeposed() {
        schedules.put(schedule(EACH_SECOND).onMisfire(Misfire.ALL));
        List<Keeper> keepers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            keepers.add(Keeper.of(NATS.url(), namespace).start());
        }
        long end = System.nanoTime() + ofSeconds(12).toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            Instant tick = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
            LockSupport.parkNanos(Duration.between(Instant.now(), tick).toNanos() + i % 5 * 2_000_000L);
            keeper.store.controls().delete(Roster.LEADER); // the leader does not know, and another takes the lead
            if (i % 3 == 0) {
                keepers.remove(0).kill();
                keepers.add(Keeper.of(NATS.url(), namespace).start());
            }
        }
        schedules.pause("a:b/c");
        ScheduleInfo paused = info();
        until(() -> Objects.requireNonNull(new ScheduleShelf(keeper.store)
                        .get(ScheduleShelf.key("a:b/c"))
                        .record())
                .promised()
                .isEmpty());
        keepers.forEach(Keeper::close);
        long ticks = Objects.requireNonNull(info().last()).getEpochSecond() - started(paused) + 1;
        assertThat(jobs()).isEqualTo(ticks).isGreaterThan(8);
    }

    private long started(ScheduleInfo info) {
        Stored first = Objects.requireNonNull(keeper.store
                .wire()
                .next(keeper.store.names().work, 1, keeper.store.names().allWork()));
        String mark = Objects.requireNonNull(first.headers().getFirst(Wire.MESSAGE_ID));
        assertThat(info.last()).isNotNull();
        return Long.parseLong(mark.substring(mark.indexOf('@') + 1));
    }
}
