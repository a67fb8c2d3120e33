package io.betrue.examples.wallet;

import io.betrue.examples.accounts.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The key that signs tokens, where nobody gave one: made once, and kept so that a restart signs nobody out. */
public final class TokenSecret {
    private static final int BYTES = 32;

    private TokenSecret() {}

    /**
     * {@return the key of a folder}
     *
     * @param folder created where it is missing
     * @param random where a new key comes from
     * @throws StartException if it cannot be kept there
     */
    public static SigningKeys keptIn(Path folder, SecureRandom random) {
        return SigningKeys.of(bytesKeptIn(folder, random));
    }

    /**
     * {@return the key of a folder as it is, for other processes}
     *
     * @param folder created where it is missing
     * @param random where a new key comes from
     * @throws StartException if it cannot be kept there
     */
    public static byte[] bytesKeptIn(Path folder, SecureRandom random) {
        Path file = folder.resolve("token-secret");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                Path fresh = Files.createTempFile(folder, "token-secret", null, ownerOnly);
                Files.writeString(fresh, Base64.getEncoder().encodeToString(bytes(random)));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Base64.getDecoder().decode(Files.readString(file).strip());
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(
                    "the key for tokens cannot be kept in " + file + " (" + e
                            + "); make the folder writable, or give a key in ACCOUNTS_TOKEN_SECRET",
                    e);
        }
    }

    /**
     * {@return a key that nobody keeps}
     *
     * @param random where it comes from
     */
    public static SigningKeys forgotten(SecureRandom random) {
        return SigningKeys.of(bytes(random));
    }

    private static byte[] bytes(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }
}
