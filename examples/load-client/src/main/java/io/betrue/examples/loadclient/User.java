package io.betrue.examples.loadclient;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An account of this run on the server. Safe for use by multiple threads. */
final class User {
    private final Credentials credentials;
    private final String keyPrefix;
    private volatile Session session = new Session("", Instant.EPOCH);
    private volatile @Nullable Cursor cursor;
    private Instant renewAt = Instant.MAX;

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

    synchronized void signedIn(Session next, Instant now) {
        session = next;
        renewAt =
                now.plus(Duration.between(now, next.expiresAt()).multipliedBy(2).dividedBy(3));
    }

    /**
     * {@return whether the session is to be renewed now: when two thirds of it are over, and then again each second until
     * a new one is there}
     */
    synchronized boolean mustRenew(Instant now) {
        if (now.isBefore(renewAt)) {
            return false;
        }
        renewAt = now.plusSeconds(1);
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
