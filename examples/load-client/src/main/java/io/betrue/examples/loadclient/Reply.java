package io.betrue.examples.loadclient;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** What came of a request. */
sealed interface Reply {

    /** {@return status and code, such as {@code 200} or {@code 409 CONFLICT}, or the name of the loss} */
    String summary();

    /** {@return what a write's sender knows of its effect} */
    Outcome outcome();

    /** {@return whether the server could not be reached, said that it cannot serve now, or went away meanwhile} */
    boolean unavailable();

    /**
     * An answer of the server.
     *
     * @param code the problem's code, empty for a success
     * @param body the body's JSON, a missing node when it is not JSON
     */
    record Answer(int status, String code, JsonNode body) implements Reply {
        /** Nobody waited any more: the command may have been done. */
        private static final int CANCELLED = 499;

        @Override
        public String summary() {
            return code.isEmpty() ? String.valueOf(status) : status + " " + code;
        }

        @Override
        public Outcome outcome() {
            if (status >= 500 || status == CANCELLED) {
                return Outcome.UNKNOWN;
            }
            return status < 300 ? Outcome.OK : Outcome.REFUSED;
        }

        @Override
        public boolean unavailable() {
            return status == 503 || status == 504;
        }
    }

    /** No answer. */
    enum Lost implements Reply {
        /** No connection came about, so the request was surely not sent. */
        NOT_CONNECTED,
        /** The connection ended before the answer; the server may have had the request. */
        CONNECTION_LOST,
        /** No answer in time; the server may have had the request. */
        TIMED_OUT;

        @Override
        public String summary() {
            return name();
        }

        @Override
        public Outcome outcome() {
            return this == NOT_CONNECTED ? Outcome.REFUSED : Outcome.UNKNOWN;
        }

        @Override
        public boolean unavailable() {
            return true;
        }

        /** {@return the loss that an exception of the HTTP client means} */
        static Lost of(Throwable thrown) {
            Throwable cause =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
                return NOT_CONNECTED;
            }
            boolean late = cause instanceof HttpTimeoutException || cause instanceof TimeoutException;
            return late ? TIMED_OUT : CONNECTION_LOST;
        }
    }
}
