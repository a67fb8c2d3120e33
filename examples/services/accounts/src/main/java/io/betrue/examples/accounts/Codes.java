package io.betrue.examples.accounts;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Codes that users read in a letter and send back: taken once, for a while, and tried a few times. Only a hash is kept; a code is worth 50 bits by default, so that
 * whoever reads the table cannot find it before it expires. An attempt is counted before the code is looked at, so that many at the same time are no way around.
 * Safe for use by multiple threads.
 */
final class Codes {
    /** Crockford's base 32: no letter looks like a digit. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int GROUP = 5;
    private static final int LONGEST = 64;

    private final Database database;
    private final CodeOptions options;
    private final SecureRandom random;

    Codes(Database database, CodeOptions options, SecureRandom random) {
        this.database = database;
        this.options = options;
        this.random = random;
    }

    /** Makes a code, in place of one that the address had for the same purpose; clears away some that have expired. {@return it as people read it} */
    String make(Handle handle, String email, Purpose purpose, Instant now) {
        StringBuilder code = new StringBuilder();
        random.ints(options.length(), 0, ALPHABET.length()).forEach(at -> code.append(ALPHABET.charAt(at)));
        handle.createUpdate("""
                        with pruned as (
                            delete from accounts.address_codes where (address_hash, purpose) in (
                                select address_hash, purpose from accounts.address_codes
                                where expires_at <= :now and address_hash <> :address
                                order by expires_at limit 10 for update skip locked))
                        insert into accounts.address_codes (address_hash, purpose, code_hash, attempts, expires_at)
                        values (:address, :purpose, :hash, 0, :expires)
                        on conflict (address_hash, purpose) do update
                            set code_hash = excluded.code_hash, attempts = 0, expires_at = excluded.expires_at""")
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("address", Digests.of(email))
                .bind("purpose", purpose.text())
                .bind("hash", hash(email, purpose, code.toString()))
                .bind("expires", now.plus(options.lifetime(purpose)).atOffset(ZoneOffset.UTC))
                .execute();
        for (int at = GROUP; at < code.length(); at += GROUP + 1) {
            code.insert(at, '-');
        }
        return code.toString();
    }

    /**
     * Tries a code, and if it is the right one uses it up.
     *
     * @param email the address that it would have been sent to; one without an account costs the same
     * @param then what the code allows, in the transaction that uses it up
     * @return what that gave, or nothing if the code was wrong
     */
    <R> Optional<R> use(
            String email, Purpose purpose, @Nullable String given, Instant now, Function<Handle, Optional<R>> then) {
        byte[] hash = hash(email, purpose, normal(given == null ? "" : given));
        Optional<byte[]> expected = database.run(handle -> attempt(handle, email, purpose, now));
        if (!MessageDigest.isEqual(hash, expected.orElse(new byte[hash.length]))) {
            return Optional.empty();
        }
        return database.run(handle -> {
            boolean first = handle.createUpdate("""
                            delete from accounts.address_codes
                            where address_hash = :address and purpose = :purpose and code_hash = :hash""")
                            .bind("address", Digests.of(email))
                            .bind("purpose", purpose.text())
                            .bind("hash", hash)
                            .execute()
                    == 1;
            return first ? then.apply(handle) : Optional.empty();
        });
    }

    private Optional<byte[]> attempt(Handle handle, String email, Purpose purpose, Instant now) {
        return handle.createQuery("""
                        update accounts.address_codes set attempts = attempts + 1
                        where address_hash = :address and purpose = :purpose and expires_at > :now and attempts < :most
                        returning code_hash""")
                .bind("address", Digests.of(email))
                .bind("purpose", purpose.text())
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("most", options.attempts())
                .mapTo(byte[].class)
                .findOne();
    }

    /** People write small letters, spaces and hyphens, and take O for zero, I and L for one. */
    private static String normal(String given) {
        String text = given.length() > LONGEST ? "" : given.toUpperCase(Locale.ROOT);
        return text.replaceAll("[\\s-]", "").replace('O', '0').replace('I', '1').replace('L', '1');
    }

    private static byte[] hash(String email, Purpose purpose, String code) {
        return Digests.of(email + " " + purpose.text() + " " + code);
    }
}
