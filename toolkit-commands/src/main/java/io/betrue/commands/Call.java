package io.betrue.commands;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of a command, as transports and {@link Target}s see it. Immutable, but for what it refers to.
 */
public final class Call {
    /** The way calls of this process come: {@value}. */
    public static final String LOCAL = "local";

    private final Builder parts;

    private Call(Builder parts) {
        this.parts = parts;
    }

    /**
     * Starts a call.
     *
     * @param address the {@linkplain CommandType#address() address} of the command; perhaps of none that exists
     * @return a builder
     */
    public static Builder to(String address) {
        return new Builder(address);
    }

    /** {@return a builder that has all that this call has} */
    public Builder toBuilder() {
        return new Builder(parts);
    }

    /** {@return the address of the command} */
    public String address() {
        return parts.address;
    }

    /** {@return the input} */
    public Payload input() {
        return parts.input;
    }

    /** {@return the stream beside the input, or null} */
    public @Nullable Content content() {
        return parts.content;
    }

    /** {@return what travels beside the input} */
    public Headers headers() {
        return parts.headers;
    }

    /** {@return when it must have ended, or null if the caller leaves it to the callee} */
    public @Nullable Deadline deadline() {
        return parts.deadline;
    }

    /** {@return tells when the caller is gone} */
    public Cancellation cancellation() {
        return parts.cancellation;
    }

    /** {@return who calls, if this process knows it already, or null; between processes it is never sent} */
    public @Nullable Principal principal() {
        return parts.principal;
    }

    /** {@return whether it comes from outside the system, where internal commands do not exist} */
    public boolean isExternal() {
        return parts.external;
    }

    /** {@return the way it came: {@value #LOCAL}, {@code http}, {@code websocket} or {@code nats}} */
    public String transport() {
        return parts.transport;
    }

    /** {@return where it came from, an IP address say; empty if that means nothing} */
    public String peer() {
        return parts.peer;
    }

    /** {@return the connection that it came over, or null if that does not outlast it; between processes it is never sent} */
    public @Nullable Connection connection() {
        return parts.connection;
    }

    /**
     * {@return whether it may be sent again when it is not known whether it was done: this process knows that the command is idempotent, or that it takes the idempotency key
     * which the call has, and no stream is used up by the first try}
     */
    public boolean isRepeatable() {
        return parts.content == null && parts.repeatable;
    }

    /** {@return whether it is made on behalf of another, which a stop has to let end} */
    boolean isNested() {
        return parts.nested;
    }

    /** {@return the address and the way} */
    @Override
    public String toString() {
        return parts.address + " by " + parts.transport;
    }

    /** Builds one call; not safe for use by multiple threads. */
    public static final class Builder {
        private final String address;
        private Payload input = Payload.of(Nothing.NOTHING);
        private @Nullable Content content;
        private Headers headers = Headers.NONE;
        private @Nullable Deadline deadline;
        private Cancellation cancellation = new Cancellation();
        private @Nullable Principal principal;
        private boolean external;
        private String transport = LOCAL;
        private String peer = "";
        private @Nullable Connection connection;
        private boolean nested;
        private boolean repeatable;

        private Builder(String address) {
            this.address = address;
        }

        private Builder(Builder other) {
            this(other.address);
            input = other.input;
            content = other.content;
            headers = other.headers;
            deadline = other.deadline;
            cancellation = other.cancellation;
            principal = other.principal;
            external = other.external;
            transport = other.transport;
            peer = other.peer;
            connection = other.connection;
            nested = other.nested;
            repeatable = other.repeatable;
        }

        /**
         * Sets the input; an object without members if it is not set.
         *
         * @param payload the input
         * @return this builder
         */
        public Builder input(Payload payload) {
            input = Objects.requireNonNull(payload);
            return this;
        }

        /**
         * Sets the stream beside the input.
         *
         * @param stream the stream, or null
         * @return this builder
         */
        public Builder content(@Nullable Content stream) {
            content = stream;
            return this;
        }

        /**
         * Sets what travels beside the input.
         *
         * @param all the headers
         * @return this builder
         */
        public Builder headers(Headers all) {
            headers = all;
            return this;
        }

        /**
         * Sets when it must have ended.
         *
         * @param end the deadline, or null to leave it to the callee
         * @return this builder
         */
        public Builder deadline(@Nullable Deadline end) {
            deadline = end;
            return this;
        }

        /**
         * Sets what tells that the caller is gone.
         *
         * @param token the caller's own
         * @return this builder
         */
        public Builder cancellation(Cancellation token) {
            cancellation = token;
            return this;
        }

        /**
         * Says who calls, where that was proven in this process.
         *
         * @param caller who calls, or null
         * @return this builder
         */
        public Builder principal(@Nullable Principal caller) {
            principal = caller;
            return this;
        }

        /**
         * Says that it comes from outside the system.
         *
         * @param outside whether it does
         * @return this builder
         */
        public Builder external(boolean outside) {
            external = outside;
            return this;
        }

        /**
         * Says which way it came.
         *
         * @param way {@code http}, {@code websocket}, {@code nats}
         * @param from where it came from; perhaps empty
         * @return this builder
         */
        public Builder by(String way, String from) {
            transport = way;
            peer = from;
            return this;
        }

        /**
         * Says which connection it came over.
         *
         * @param lasting a connection that outlasts the call, or null
         * @return this builder
         */
        public Builder connection(@Nullable Connection lasting) {
            connection = lasting;
            return this;
        }

        /**
         * Says that doing it twice does what doing it once does: the command is idempotent, or takes the idempotency key of this call. {@link CommandClient} and
         * {@link Commands} say it of the commands that they know; a key alone says nothing, since a command may not look at it.
         *
         * @param may whether it does
         * @return this builder
         */
        public Builder repeatable(boolean may) {
            repeatable = may;
            return this;
        }

        /** Says that it is made on behalf of another call. */
        Builder nested() {
            nested = true;
            return this;
        }

        /** {@return the call} */
        public Call build() {
            return new Call(new Builder(this));
        }
    }
}
