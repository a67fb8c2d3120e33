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
    private static final String SELECT =
            "select id, email, password_hash, confirmed_at is not null as confirmed, created_at from accounts.users ";

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

    /** {@return whether the address was free} */
    static boolean add(Handle handle, User user) {
        return handle.createUpdate("""
                                insert into accounts.users (id, email, password_hash, created_at)
                                values (:id, :email, :hash, :now) on conflict (email) do nothing""")
                        .bind("id", user.id())
                        .bind("email", user.email())
                        .bind("hash", user.passwordHash())
                        .bind("now", user.registeredAt().atOffset(ZoneOffset.UTC))
                        .execute()
                == 1;
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
        handle.createUpdate("update accounts.users set password_hash = :new where id = :id")
                .bind("new", hash)
                .bind("id", id)
                .execute();
        confirm(handle, id, now);
    }

    static void confirm(Handle handle, UUID id, Instant now) {
        handle.createUpdate("update accounts.users set confirmed_at = coalesce(confirmed_at, :now) where id = :id")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("id", id)
                .execute();
    }
}
