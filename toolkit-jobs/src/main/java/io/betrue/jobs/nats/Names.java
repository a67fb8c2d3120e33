package io.betrue.jobs.nats;

import io.betrue.jobs.JobState;
import java.util.Locale;
import java.util.regex.Pattern;

/** What streams, subjects, consumers and buckets of a namespace are called; see decision 0140. Immutable. */
final class Names {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    final String namespace;
    final String work;
    final String later;
    final String alarms;
    final String rung;
    final String ring;
    final String events;
    final String keys;
    final String leases;
    final String control;
    final String ask;

    Names(String namespace) {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "namespace must be 1 to 32 lower-case letters, digits, _ and - after a letter or digit, was \""
                            + namespace + '"');
        }
        this.namespace = namespace;
        this.work = namespace + "-work";
        this.later = namespace + "-later";
        this.alarms = namespace + "-alarms";
        this.rung = namespace + ".rung";
        this.ring = namespace + ".ring";
        this.events = namespace + "-events";
        this.keys = namespace + "-keys";
        this.leases = namespace + "-leases";
        this.control = namespace + "-control";
        this.ask = namespace + ".ask";
    }

    /** Which of three consumers of a queue delivers a job. */
    enum Band {
        /** Priorities above 0. */
        HIGH('h'),
        /** Priority 0. */
        NORMAL('n'),
        /** Priorities below 0. */
        LOW('l');

        final char token;

        Band(char token) {
            this.token = token;
        }

        static Band of(int priority) {
            return priority > 0 ? HIGH : priority == 0 ? NORMAL : LOW;
        }
    }

    /** {@return a name as one token of a subject, a consumer's name and a bucket's key} */
    static String token(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '.' || c == '/' || c == ':') {
                return name.replace(".", "=2E").replace("/", "=2F").replace(":", "=3A");
            }
        }
        return name;
    }

    /** {@return the name that {@link #token} was made of} */
    static String name(String token) {
        return token.indexOf('=') < 0
                ? token
                : token.replace("=2E", ".").replace("=2F", "/").replace("=3A", ":");
    }

    String work(String queue, int priority, long id) {
        return namespace + ".work." + token(queue) + '.' + Band.of(priority).token + '.' + id;
    }

    /** {@return the subjects of a queue's jobs of one band that are due or run} */
    String works(String queue, Band band) {
        return namespace + ".work." + token(queue) + '.' + band.token + ".*";
    }

    /** {@return the subjects of a queue's jobs that are due or run} */
    String works(String queue) {
        return namespace + ".work." + token(queue) + ".*.*";
    }

    /** {@return the subject of a job that is due or runs, whatever its queue} */
    String anyWork(long id) {
        return namespace + ".work.*.*." + id;
    }

    /** {@return the subjects of all jobs that are due or run} */
    String allWork() {
        return namespace + ".work.>";
    }

    String consumer(String queue, Band band) {
        return token(queue) + '-' + band.token;
    }

    String later(String queue, long id) {
        return namespace + ".later." + token(queue) + '.' + id;
    }

    String anyLater(long id) {
        return namespace + ".later.*." + id;
    }

    String laters(String queue) {
        return namespace + ".later." + token(queue) + ".*";
    }

    String allLater() {
        return namespace + ".later.>";
    }

    /** {@return the subject of what is told of a message of delayed jobs when its time comes} */
    String alarm(long sequence) {
        return namespace + ".alarm." + sequence;
    }

    String allAlarms() {
        return namespace + ".alarm.*";
    }

    /** {@return the stream of ended jobs of a state} */
    String ended(JobState state) {
        return namespace + '-' + word(state);
    }

    String ended(JobState state, String queue, long id) {
        return namespace + '.' + word(state) + '.' + token(queue) + '.' + id;
    }

    /** {@return the subjects of a queue's ended jobs of a state} */
    String ended(JobState state, String queue) {
        return namespace + '.' + word(state) + '.' + token(queue) + ".*";
    }

    String anyEnded(JobState state, long id) {
        return namespace + '.' + word(state) + ".*." + id;
    }

    String allEnded(JobState state) {
        return namespace + '.' + word(state) + ".>";
    }

    private static String word(JobState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    String event(long id) {
        return namespace + ".event." + id;
    }

    String allEvents() {
        return namespace + ".event.>";
    }

    String key(String hash) {
        return namespace + ".key." + hash;
    }

    String allKeys() {
        return namespace + ".key.>";
    }

    /** {@return the queue in the subject of a job, wherever that is} */
    static String queue(String subject) {
        int begin = subject.indexOf('.', subject.indexOf('.') + 1) + 1;
        return name(subject.substring(begin, subject.indexOf('.', begin)));
    }

    /** {@return the number at the end of a subject} */
    static long id(String subject) {
        return Long.parseLong(subject.substring(subject.lastIndexOf('.') + 1));
    }

    @Override
    public String toString() {
        return namespace;
    }
}
