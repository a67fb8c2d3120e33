package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.examples.accounts.CodeOptions;
import java.time.Duration;

/** The codes in letters. */
public final class CodesConfig extends ConfigGroup {
    public final int codeLength = env("ACCOUNTS_CODE_LENGTH")
            .describedAs("Letters and digits of a code, each worth 5 bits")
            .orElse(10)
            .between(8, 20)
            .asInt();

    public final int codeAttempts = env("ACCOUNTS_CODE_ATTEMPTS")
            .describedAs("How often a code may be tried")
            .orElse(5)
            .between(1, 20)
            .asInt();

    public final Duration confirmationLifetime = env("ACCOUNTS_CONFIRMATION_LIFETIME")
            .describedAs("How long a code for a new account is taken")
            .orElse("24h")
            .between("1m", "7d")
            .asDuration();

    public final Duration recoveryLifetime = env("ACCOUNTS_RECOVERY_LIFETIME")
            .describedAs("How long a code for a new password is taken")
            .orElse("1h")
            .between("1m", "1d")
            .asDuration();

    public final Duration pause = env("ACCOUNTS_LETTER_PAUSE")
            .describedAs("How long to wait between two letters to one address for one purpose")
            .orElse("1m")
            .between("1s", "1h")
            .asDuration();

    public final int perDay = env("ACCOUNTS_LETTERS_PER_DAY")
            .describedAs("How many letters one address gets in a day for one purpose")
            .orElse(10)
            .between(1, 100)
            .asInt();

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public CodesConfig(Environment env) {
        super("Codes", env);
    }

    /** {@return how codes are made and sent} */
    public CodeOptions codes() {
        return new CodeOptions(codeLength, codeAttempts, confirmationLifetime, recoveryLifetime, pause, perDay);
    }
}
