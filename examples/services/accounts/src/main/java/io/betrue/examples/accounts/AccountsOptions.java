package io.betrue.examples.accounts;

/**
 * Everything about this service that an application may choose.
 *
 * @param tokens how tokens are made
 * @param passwords what a password costs to check
 * @param sessions how long sessions last
 * @param codes how codes are made and sent
 * @param confirmation whether users have to show that their address is theirs
 * @param callsPerMinute how many calls a caller may make in a minute that order letters, try codes or look users up; 1 to 1,000,000
 */
public record AccountsOptions(
        TokenOptions tokens,
        PasswordOptions passwords,
        SessionOptions sessions,
        CodeOptions codes,
        ConfirmationMode confirmation,
        int callsPerMinute) {
    /** Checks the range. */
    public AccountsOptions {
        if (callsPerMinute < 1 || callsPerMinute > 1_000_000) {
            throw new IllegalArgumentException("callsPerMinute must be 1..1000000, was " + callsPerMinute);
        }
    }

    /**
     * Uses the defaults of all but tokens; addresses have to be confirmed, and a caller has 30 calls a minute.
     *
     * @param tokens how tokens are made
     * @return the options
     */
    public static AccountsOptions of(TokenOptions tokens) {
        return new AccountsOptions(
                tokens,
                PasswordOptions.defaults(),
                SessionOptions.defaults(),
                CodeOptions.defaults(),
                ConfirmationMode.REQUIRED,
                30);
    }
}
