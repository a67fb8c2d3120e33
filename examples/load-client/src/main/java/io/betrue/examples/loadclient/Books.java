package io.betrue.examples.loadclient;

import java.math.BigDecimal;
import java.util.List;

/**
 * What the bank says that it holds.
 *
 * @param journal every line of every user, for each user and currency oldest first
 */
record Books(List<Entry> journal, List<Balance> balances) {
    Books {
        journal = List.copyOf(journal);
        balances = List.copyOf(balances);
    }

    /**
     * A line of the journal.
     *
     * @param action {@code deposit}, {@code withdrawal}, {@code transfer-out} or {@code transfer-in}
     * @param balance after it
     * @param reference the Idempotency-Key it was asked for with, empty for none
     * @param counterparty the other user of a transfer, empty for none
     */
    record Entry(
            Account account,
            String id,
            String action,
            BigDecimal amount,
            BigDecimal balance,
            String reference,
            String counterparty) {
        Entry(Account account, String id, String action, BigDecimal amount, BigDecimal balance, String reference) {
            this(account, id, action, amount, balance, reference, "");
        }

        /** {@return whether it is the side of a transfer that nobody of this account asked for} */
        boolean isReceived() {
            return action.equals("transfer-in");
        }

        /** {@return what it adds to the balance} */
        BigDecimal change() {
            return action.equals("deposit") || isReceived() ? amount : amount.negate();
        }

        @Override
        public String toString() {
            return "entry %s (%s %s %s of %s, balance %s, reference %s)"
                    .formatted(
                            id,
                            action,
                            amount.toPlainString(),
                            account.currency(),
                            account.user(),
                            balance.toPlainString(),
                            reference.isEmpty() ? "none" : reference);
        }
    }

    /** Money of one user in one currency. */
    record Account(String user, String currency) {}

    /** What an account holds now. */
    record Balance(Account account, BigDecimal amount) {}
}
