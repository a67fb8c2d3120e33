package io.betrue.examples.accounts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The SQL of users. Safe for use by multiple threads. */
final class Users {
    private final Database database;

    /** A user and the text that proves the password. */
    record User(UUID id, String passwordHash) {}

    Users(Database database) {
        this.database = database;
    }

    /** {@return whether the address was free} */
    boolean add(User user, String email, Instant now) {
        return database.run(handle -> handle.createUpdate("""
                                insert into accounts.users (id, email, password_hash, created_at)
                                values (:id, :email, :hash, :now) on conflict (email) do nothing""")
                        .bind("id", user.id())
                        .bind("email", email)
                        .bind("hash", user.passwordHash())
                        .bind("now", now.atOffset(ZoneOffset.UTC))
                        .execute()
                == 1);
    }

    Optional<User> find(String email) {
        return database.run(handle -> handle.createQuery(
                        "select id, password_hash from accounts.users where email = :email")
                .bind("email", email)
                .map((row, context) -> new User(row.getObject("id", UUID.class), row.getString("password_hash")))
                .findOne());
    }

    boolean exists(UUID id) {
        return database.run(handle -> handle.createQuery("select 1 from accounts.users where id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent());
    }

    /** Replaces the hash of a user, unless somebody else has done so since. */
    void replaceHash(User user, String hash) {
        database.run(handle -> handle.createUpdate(
                        "update accounts.users set password_hash = :new where id = :id and password_hash = :old")
                .bind("new", hash)
                .bind("id", user.id())
                .bind("old", user.passwordHash())
                .execute());
    }
}
