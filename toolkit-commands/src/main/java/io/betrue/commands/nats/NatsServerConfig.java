package io.betrue.commands.nats;

import io.betrue.commands.SchemaCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be chosen about a {@link NatsServer}. It is used while that is made and then forgotten. Not safe for use by multiple threads. */
public final class NatsServerConfig {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]{1,50})?");
    private static final Pattern GROUP = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(/[A-Za-z_][A-Za-z0-9_-]*){0,6}");
    private static final int MAX_DISPATCHERS = 64;
    private static final int MAX_DESCRIPTION = 1_000;

    final List<String> patterns = new ArrayList<>();
    final Set<String> owned = new LinkedHashSet<>();
    final Set<String> headers = new LinkedHashSet<>(
            Set.of("authorization", "accept-language", "idempotency-key", "traceparent", "tracestate", "baggage"));
    String name = "commands";
    String version = "1.0.0";
    String description = "";
    String prefix = Subjects.DEFAULT_PREFIX;
    String queue = "q";
    int dispatchers = 1;
    int inFlight = 1_000;
    long bytes = 64L * 1024 * 1024;
    int streams = 32;
    Duration stopTimeout = Duration.ofSeconds(10);
    Duration idle = Duration.ofSeconds(30);
    Duration silence = Duration.ofSeconds(4);
    SchemaCheck schemas = SchemaCheck.ofRecords();

    NatsServerConfig() {}

    /**
     * Names the service, as discovery shows it; the default is {@code commands}.
     *
     * @param service letters, digits, {@code _} and {@code -}
     * @return this configuration
     * @throws IllegalArgumentException if it is malformed
     */
    public NatsServerConfig name(String service) {
        name = matching("name of a service", NAME, service);
        return this;
    }

    /**
     * Says where the schemas of commands come from, which discovery shows so that a gateway can put them into its documents: the same check that is in the chain. Nothing is
     * checked by them here. Without it the schemas are those of the records. All of them together may have a quarter of what a message may; what is beyond that is left out
     * with a warning.
     *
     * @param check the check
     * @return this configuration
     */
    public NatsServerConfig schemas(SchemaCheck check) {
        schemas = check;
        return this;
    }

    /**
     * Says which version of the service this is, as discovery shows it; the default is {@code 1.0.0}.
     *
     * @param semantic as in {@code 1.2.0} (Semantic Versioning)
     * @return this configuration
     * @throws IllegalArgumentException if it is malformed
     */
    public NatsServerConfig version(String semantic) {
        version = matching("version of a service", VERSION, semantic);
        return this;
    }

    /**
     * Says what the service is for, as discovery shows it.
     *
     * @param text for people, at most 1,000 characters
     * @return this configuration
     * @throws IllegalArgumentException if it is too long
     */
    public NatsServerConfig description(String text) {
        if (text.length() > MAX_DESCRIPTION) {
            throw new IllegalArgumentException("description of a service must have at most " + MAX_DESCRIPTION
                    + " characters, had " + text.length());
        }
        description = text;
        return this;
    }

    /**
     * Sets what subjects begin with; clients must have the same. The default is {@code cmd}: {@code ledger/deposit} is called on {@code cmd.ledger.deposit}.
     *
     * @param tokens one to five tokens with dots between them
     * @return this configuration
     * @throws IllegalArgumentException if it is malformed
     */
    public NatsServerConfig prefix(String tokens) {
        prefix = Subjects.checked(tokens);
        return this;
    }

    /**
     * Sets the queue group, of which one instance gets each call; the default is {@code q}.
     *
     * @param group letters, digits, {@code _} and {@code -}
     * @return this configuration
     * @throws IllegalArgumentException if it is malformed
     */
    public NatsServerConfig queue(String group) {
        queue = matching("queue group", NAME, group);
        return this;
    }

    /**
     * Chooses which commands are served. The default is all that the process handles itself, but for those whose code begins with an underscore, which each process has.
     *
     * @param addresses addresses, as in {@code ledger/deposit}, or groups with all below: {@code ledger/*}
     * @return this configuration
     */
    public NatsServerConfig commands(String... addresses) {
        patterns.addAll(List.of(addresses));
        return this;
    }

    /**
     * Says that all commands of a group are this service's, so that a call of one that does not exist is answered as NOT_FOUND. Without it nobody listens on such a
     * subject, and callers see UNAVAILABLE. No other service may have commands of the group: calls of them would be refused here.
     *
     * @param groups as in {@code ledger}; {@code *} for every command below the prefix
     * @return this configuration
     * @throws IllegalArgumentException if one is malformed
     */
    public NatsServerConfig owns(String... groups) {
        for (String group : groups) {
            owned.add(group.equals("*") ? group : matching("group of commands", GROUP, group));
        }
        return this;
    }

    /**
     * Lets more headers in than {@code authorization}, {@code accept-language}, {@code idempotency-key}, the trace, and those that travel.
     *
     * @param names names in any case
     * @return this configuration
     */
    public NatsServerConfig headers(String... names) {
        for (String header : names) {
            headers.add(header.toLowerCase(Locale.ROOT));
        }
        return this;
    }

    /**
     * Sets how many threads take calls off the connection, to hand them on at once; the default is one.
     *
     * @param threads 1 to 64
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsServerConfig dispatchers(int threads) {
        if (threads < 1 || threads > MAX_DISPATCHERS) {
            throw new IllegalArgumentException("dispatchers must be 1.." + MAX_DISPATCHERS + ", was " + threads);
        }
        dispatchers = threads;
        return this;
    }

    /**
     * Sets how many calls may be here at once, and how many bytes their inputs may have together; more are answered as UNAVAILABLE at once. The defaults are 1,000
     * and 64 MiB.
     *
     * @param calls 1 to a million
     * @param inputs bytes, more than zero
     * @return this configuration
     * @throws IllegalArgumentException if one is out of range
     */
    public NatsServerConfig inFlight(int calls, long inputs) {
        if (inputs < 1) {
            throw new IllegalArgumentException("bytes of calls in flight must be more than zero, was " + inputs);
        }
        inFlight = Limits.count("calls in flight", calls);
        bytes = inputs;
        return this;
    }

    /**
     * Sets how many calls with a stream may be here at once, each of which takes up to 1 MiB in each direction; more are answered as UNAVAILABLE. The default is 32.
     *
     * @param calls 1 to a million
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsServerConfig streams(int calls) {
        streams = Limits.count("calls with streams", calls);
        return this;
    }

    /**
     * Sets how long {@link NatsServer#close()} waits for calls that run; the default is 10 seconds.
     *
     * @param limit more than zero, at most an hour
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsServerConfig stopTimeout(Duration limit) {
        stopTimeout = Limits.time("stop timeout", limit);
        return this;
    }

    /**
     * Sets how long a stream may stand still before it is given up; the default is 30 seconds.
     *
     * @param limit more than zero, at most an hour
     * @return this configuration
     * @throws IllegalArgumentException if it is out of range
     */
    public NatsServerConfig idleLimit(Duration limit) {
        idle = Limits.time("idle limit", limit);
        return this;
    }

    private static String matching(String what, Pattern pattern, String value) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " \"" + value + "\" must match " + pattern);
        }
        return value;
    }
}
