package io.betrue.examples.loadclient;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Checks the double entry in the application's own database. */
final class DoubleEntry {
    private static final int MAX_ROWS = 1000;

    /** Each finds rows that must not be there, with one column that says what is wrong. */
    private static final List<Query> QUERIES = List.of(
            new Query("postings-make-zero", "the postings of each transaction make zero per currency", """
                    select 'transaction ' || transaction_id || ' makes ' || sum(amount) || ' ' || currency
                    from ledger.postings group by transaction_id, currency having sum(amount) <> 0
                    union all
                    select 'transaction ' || id || ' has no postings' from ledger.transactions t
                    where not exists (select from ledger.postings p where p.transaction_id = t.id)"""),
            new Query("balance-is-postings", "the balance of each account is the sum of its postings", """
                    select 'account ' || a.id || ' has ' || a.balance || ' ' || a.currency || ', its postings make '
                        || coalesce(sum(p.amount), 0)
                    from ledger.accounts a left join ledger.postings p on p.account_id = a.id
                    where a.owner is not null
                    group by a.id having a.balance <> coalesce(sum(p.amount), 0)"""),
            new Query("posting-by-posting", "the balance after each posting is the one before it and its amount", """
                    select 'posting ' || sequence || ' of account ' || account_id || ' leaves ' || balance
                        || ', the postings up to it make ' || made
                    from (select *, sum(amount) over (partition by account_id order by sequence) made
                          from ledger.postings where sequence is not null) lines
                    where balance <> made"""),
            new Query(
                    "two-sided-transactions",
                    "a transfer is between two users, all else between one and the outside",
                    """
                    select t.kind || ' ' || t.id || ' has ' || count(*) || ' postings, ' || count(p.sequence) || ' of users'
                    from ledger.transactions t join ledger.postings p on p.transaction_id = t.id
                    group by t.id
                    having count(*) <> 2 or count(p.sequence) <> case t.kind when 'transfer' then 2 else 1 end"""),
            new Query("no-negative-account", "no account of a user is below zero", """
                    select 'account ' || id || ' has ' || balance || ' ' || currency
                    from ledger.accounts where owner is not null and balance < 0"""));

    private record Query(String name, String checked, String sql) {}

    private DoubleEntry() {}

    /**
     * {@return each property with what was found}
     *
     * @throws LoadException if the database cannot be asked
     */
    static List<Property> check(String databaseUrl) {
        List<Property> properties = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(databaseUrl);
                Statement statement = connection.createStatement()) {
            statement.setMaxRows(MAX_ROWS);
            for (Query query : QUERIES) {
                properties.add(new Property(query.name(), query.checked(), texts(statement, query.sql())));
            }
        } catch (SQLException e) {
            throw new LoadException("the database of --database-url cannot be asked: " + e.getMessage(), e);
        }
        return properties;
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
