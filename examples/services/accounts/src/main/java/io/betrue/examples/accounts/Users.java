package io.betrue.examples.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The SQL of users. Each method works in the transaction of the handle. */
final class Users {
    private static final String COLUMNS =
            "id, email, password_hash, confirmed_at is not null as confirmed, created_at ";

    private static final String SELECT = "select " + COLUMNS + "from accounts.users ";
    private static final String INSERT =
            "insert into accounts.users as u (id, email, password_hash, created_at, confirmed_at) ";

    /** A user, and the text that proves the password. */
    record User(UUID id, String email, String passwordHash, boolean confirmed, Instant registeredAt) {
        private static User of(ResultSet row) throws SQLException {
            return new User(
                    row.getObject("id", UUID.class),
                    row.getString("email"),
                    row.getString("password_hash"),
                    row.getBoolean("confirmed"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant());
        }

        /** {@return a text without the hash} */
        @Override
        public String toString() {
            return "User[" + id + "]";
        }
    }

    private Users() {}

    /** Adds a user whose address nobody has shown to be theirs; {@return the user, or nothing if the address is taken} */
    static Optional<User> add(Handle handle, User user) {
        return added(handle, user, INSERT + "values (:id, :email, :hash, :now, null) on conflict (email) do nothing ");
    }

    /**
     * Adds a user who has shown that the address is theirs, or gives the account of whoever had it without showing that.
     *
     * @return the user, or nothing if the address is taken
     */
    static Optional<User> addConfirmed(Handle handle, User user) {
        return added(handle, user, INSERT + """
                values (:id, :email, :hash, :now, :now) on conflict (email) do update
                    set password_hash = excluded.password_hash, confirmed_at = excluded.confirmed_at
                    where u.confirmed_at is null
                """);
    }

    private static Optional<User> added(Handle handle, User user, String insert) {
        return handle.createQuery(insert + "returning " + COLUMNS)
                .bind("id", user.id())
                .bind("email", user.email())
                .bind("hash", user.passwordHash())
                .bind("now", user.registeredAt().atOffset(ZoneOffset.UTC))
                .map((row, context) -> User.of(row))
                .findOne();
    }

    static Optional<User> find(Handle handle, String email) {
        return handle.createQuery(SELECT + "where email = :email")
                .bind("email", email)
                .map((row, context) -> User.of(row))
                .findOne();
    }

    static Optional<User> find(Handle handle, UUID id) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", id)
                .map((row, context) -> User.of(row))
                .findOne();
    }

    /** Replaces the hash of a user, unless somebody else has done so since; {@return whether it was} */
    static boolean replaceHash(Handle handle, User user, String hash) {
        return handle.createUpdate(
                                "update accounts.users set password_hash = :new where id = :id and password_hash = :old")
                        .bind("new", hash)
                        .bind("id", user.id())
                        .bind("old", user.passwordHash())
                        .execute()
                == 1;
    }

    /** Sets the hash of a user who has shown that the address is theirs, which confirms it. */
    static void recover(Handle handle, UUID id, String hash, Instant now) {
        handle.createUpdate("""
                        update accounts.users set password_hash = :new, confirmed_at = coalesce(confirmed_at, :now)
                        where id = :id""")
                .bind("new", hash)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("id", id)
                .execute();
    }
}
