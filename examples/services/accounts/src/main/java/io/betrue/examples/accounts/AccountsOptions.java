package io.betrue.examples.accounts;

/**
 * Everything about this service that an application may choose.
 *
 * @param tokens how tokens are made
 * @param passwords what a password costs to check
 * @param sessions how long sessions last
 * @param codes how codes are made and sent
 * @param confirmation whether users have to confirm their address
 */
public record AccountsOptions(
        TokenOptions tokens,
        PasswordOptions passwords,
        SessionOptions sessions,
        CodeOptions codes,
        ConfirmationMode confirmation) {
    /**
     * Uses the defaults of all but tokens; addresses have to be confirmed.
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
                ConfirmationMode.REQUIRED);
    }
}
