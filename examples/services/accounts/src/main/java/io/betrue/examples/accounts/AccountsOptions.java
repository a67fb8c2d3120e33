package io.betrue.examples.accounts;

/**
 * Everything about this service that an application may choose.
 *
 * @param tokens how tokens are made
 * @param passwords what a password costs to check
 */
public record AccountsOptions(TokenOptions tokens, PasswordOptions passwords) {
    /**
     * Uses the default cost of passwords.
     *
     * @param tokens how tokens are made
     * @return the options
     */
    public static AccountsOptions of(TokenOptions tokens) {
        return new AccountsOptions(tokens, PasswordOptions.defaults());
    }
}
