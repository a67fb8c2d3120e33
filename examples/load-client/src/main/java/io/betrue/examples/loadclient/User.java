package io.betrue.examples.loadclient;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account of this run on the server. Safe for use by multiple threads. */
final class User {
    private final Credentials credentials;
    private final String keyPrefix;
    private volatile Session session = new Session("", Instant.EPOCH);
    private volatile @Nullable Cursor cursor;
    private Instant renewalAskedFor = Instant.EPOCH;

    /** Who is signed in, and until when. */
    record Session(String token, Instant expiresAt) {}

    /** A position in one currency's history, as the server gave it. */
    record Cursor(String currency, String value) {}

    /**
     * @param keyPrefix how every Idempotency-Key of this user in this run begins
     */
    User(Credentials credentials, String keyPrefix) {
        this.credentials = credentials;
        this.keyPrefix = keyPrefix;
    }

    String id() {
        return credentials.id();
    }

    Credentials credentials() {
        return credentials;
    }

    String keyPrefix() {
        return keyPrefix;
    }

    String token() {
        return session.token();
    }

    Instant expiresAt() {
        return session.expiresAt();
    }

    void signedIn(Session next) {
        session = next;
    }

    /** {@return whether a renewal of the session may be asked for now: at most one in ten seconds} */
    synchronized boolean mayRenew(Instant now) {
        if (now.isBefore(renewalAskedFor.plusSeconds(10))) {
            return false;
        }
        renewalAskedFor = now;
        return true;
    }

    @Nullable
    Cursor cursor() {
        return cursor;
    }

    void cursor(Cursor last) {
        cursor = last;
    }
}
