package io.betrue.jobs.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What workers are told unasked. */
abstract class WakeUpContract extends StoreContract {
    @Test
    void wakesAWorkerForAJob() throws Exception {
        Ear ear = new Ear();
        StoreSession session = open(ear, BEAT, Map.of(), "q");
        insert(job("before anybody listens"));
        ear.await("jobs q", "lost");
        assertThat(claim(session, 10)).hasSize(1);
        ear.heard.clear();
        insert(job("x"));
        ear.await("jobs q");
        assertThat(claim(session, 10)).hasSize(1);
        insert(job("y"));
        insert(job("z"));
        ear.await("jobs q");
        insert(typed("t", "other", 0));
        assertThat(session.upkeep()).isGreaterThan(ofSeconds(1));
        insert(delayed(ofMillis(100)));
        ear.await("upkeep");
        control().pause("q");
        ear.await("beat");
        control().resume("q");
        ear.await("jobs q");
        assertThat(ear.heard).doesNotContain("jobs other");
        List<ClaimedJob> jobs = new ArrayList<>();
        until(session, () -> jobs.addAll(claim(session, 1)));
        control().cancel(jobs.get(0).id());
        ear.await("cancelled " + jobs.get(0).id());
    }
}
