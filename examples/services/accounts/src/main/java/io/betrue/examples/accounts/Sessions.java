package io.betrue.examples.accounts;

import io.betrue.errors.ProblemException;
import io.betrue.examples.accounts.api.AccountsCommands;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.SignedIn;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sign-ins that last. A refresh token is a family, the same as long as the session lasts, and a secret, another with each renewal; the table has the hashes of both. A known
 * family with any but the newest secret means that a token was used twice: by a thief and by the user, and nobody can say who was first, so the session ends for both.
 * Safe for use by multiple threads.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final int FAMILY = 16;
    private static final int SECRET = 32;

    private final Database database;
    private final Tokens tokens;
    private final AccountsOptions options;
    private final Clock clock;
    private final SecureRandom random;

    /** A session that was renewed, and whose it is. */
    private record Renewed(UUID id, UUID user, boolean confirmed, Instant expiresAt) {}

    Sessions(Database database, Tokens tokens, AccountsOptions options, Clock clock, SecureRandom random) {
        this.database = database;
        this.tokens = tokens;
        this.options = options;
        this.clock = clock;
        this.random = random;
    }

    /** Begins a session; of a user who has too many the oldest end. */
    SignedIn open(Users.User user) {
        Instant now = clock.instant();
        Instant end = now.plus(options.sessions().idle());
        UUID id = UUID.randomUUID();
        byte[] family = randomBytes(FAMILY);
        byte[] secret = randomBytes(SECRET);
        database.run(handle -> {
            prune(handle, user.id(), now);
            return handle.createUpdate("""
                            insert into accounts.sessions (id, user_id, family_hash, token_hash, created_at, expires_at)
                            values (:id, :user, :family, :token, :now, :end)""")
                    .bind("id", id)
                    .bind("user", user.id())
                    .bind("family", Digests.of(family))
                    .bind("token", Digests.of(secret))
                    .bind("now", utc(now))
                    .bind("end", utc(end))
                    .execute();
        });
        return signedIn(new Renewed(id, user.id(), user.confirmed(), end), family, secret);
    }

    private void prune(Handle handle, UUID user, Instant now) {
        handle.createUpdate("""
                        delete from accounts.sessions where id in (
                            select id from (
                                select id from accounts.sessions where expires_at <= :now
                                order by expires_at limit 10 for update skip locked) as ended
                            union all
                            select id from (
                                select id from accounts.sessions where user_id = :user
                                order by created_at desc offset :most) as oldest)""")
                .bind("now", utc(now))
                .bind("user", user)
                .bind("most", options.sessions().perUser() - 1)
                .execute();
    }

    /**
     * Renews a session.
     *
     * @throws io.betrue.errors.ProblemException with {@code INVALID_SESSION} if the token is not the newest of a session that lasts; the session has ended then
     */
    SignedIn refresh(String refreshToken) {
        byte[] given = decoded(refreshToken);
        byte[] family = Arrays.copyOf(given, FAMILY);
        byte[] secret = randomBytes(SECRET);
        Instant now = clock.instant();
        Optional<Renewed> renewed = database.run(handle -> {
            Optional<Renewed> found =
                    renew(handle, family, Arrays.copyOfRange(given, FAMILY, given.length), secret, now);
            if (found.isEmpty()) {
                endFamily(handle, family);
            }
            return found;
        });
        return signedIn(renewed.orElseThrow(Sessions::invalid), family, secret);
    }

    private Optional<Renewed> renew(Handle handle, byte[] family, byte[] old, byte[] secret, Instant now) {
        return handle.createQuery("""
                        update accounts.sessions s
                        set token_hash = :new, expires_at = least(:end, s.created_at + :longest * interval '1 second')
                        from accounts.users u
                        where s.family_hash = :family and s.token_hash = :old and s.expires_at > :now and u.id = s.user_id
                        returning s.id, s.user_id, u.confirmed_at is not null as confirmed, s.expires_at""")
                .bind("new", Digests.of(secret))
                .bind("end", utc(now.plus(options.sessions().idle())))
                .bind("longest", options.sessions().longest().toSeconds())
                .bind("family", Digests.of(family))
                .bind("old", Digests.of(old))
                .bind("now", utc(now))
                .map((row, context) -> new Renewed(
                        row.getObject("id", UUID.class),
                        row.getObject("user_id", UUID.class),
                        row.getBoolean("confirmed"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .findOne();
    }

    private static void endFamily(Handle handle, byte[] family) {
        int ended = handle.createUpdate("delete from accounts.sessions where family_hash = :family")
                .bind("family", Digests.of(family))
                .execute();
        if (ended > 0) {
            LOG.warn("A session was ended because its refresh token came twice, or too late");
        }
    }

    /** Ends one session; nothing happens if it has ended. */
    static void end(Handle handle, UUID user, UUID session) {
        handle.createUpdate("delete from accounts.sessions where id = :id and user_id = :user")
                .bind("id", session)
                .bind("user", user)
                .execute();
    }

    /** Ends all sessions of a user but one, or without exception. */
    static void endAll(Handle handle, UUID user, @Nullable UUID but) {
        handle.createUpdate(
                        "delete from accounts.sessions where user_id = :user and id is distinct from cast(:but as uuid)")
                .bind("user", user)
                .bind("but", but)
                .execute();
    }

    private SignedIn signedIn(Renewed session, byte[] family, byte[] secret) {
        byte[] both = Arrays.copyOf(family, FAMILY + SECRET);
        System.arraycopy(secret, 0, both, FAMILY, SECRET);
        Token token = tokens.issue(session.user(), session.id(), roles(session.confirmed()));
        return new SignedIn(
                token.token(),
                token.expiresAt(),
                Base64.getUrlEncoder().withoutPadding().encodeToString(both),
                session.expiresAt());
    }

    private Set<String> roles(boolean confirmed) {
        return confirmed || options.confirmation() == ConfirmationMode.OFF
                ? Set.of(AccountsCommands.CONFIRMED)
                : Set.of();
    }

    private static byte[] decoded(String refreshToken) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(refreshToken);
            if (bytes.length == FAMILY + SECRET) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw AccountsError.INVALID_SESSION.problem().cause(e).toException();
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return AccountsError.INVALID_SESSION.problem().toException();
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
