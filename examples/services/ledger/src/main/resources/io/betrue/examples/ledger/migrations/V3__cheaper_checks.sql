-- The same promises for less work: every movement pays for them.

-- What one statement adds sums to zero for each transaction and currency; so, by induction, every transaction does.
drop trigger postings_balance on ledger.postings;
create function ledger.check_added_postings() returns trigger language plpgsql as $$
declare
    unbalanced uuid := (select p.transaction_id from added p group by p.transaction_id, p.currency
                        having sum(p.amount) <> 0 limit 1);
begin
    if unbalanced is not null then
        raise exception 'transaction % does not balance', unbalanced using errcode = 'check_violation';
    end if;
    return null;
end $$;
create trigger postings_balance after insert on ledger.postings
    referencing new table as added for each statement execute function ledger.check_added_postings();

-- At commit a transaction has postings.
create or replace function ledger.check_transaction() returns trigger language plpgsql as $$
begin
    if not exists (select from ledger.postings p where p.transaction_id = new.id) then
        raise exception 'transaction % does not balance', new.id using errcode = 'check_violation';
    end if;
    return null;
end $$;

-- The function asks for the owner: a condition of the trigger is read anew by each statement.
drop trigger accounts_follow_postings on ledger.accounts;
create or replace function ledger.check_account() returns trigger language plpgsql as $$
begin
    if new.owner is null or (new.postings = 0 and new.balance = 0) then
        return null;
    end if;
    if not exists (
        select from ledger.postings last
        left join ledger.postings before on before.account_id = last.account_id and before.sequence = last.sequence - 1
        where last.account_id = new.id and last.sequence = new.postings and last.balance = new.balance
          and last.balance = coalesce(before.balance, 0) + last.amount
          and (before.sequence is not null or last.sequence = 1)) then
        raise exception 'the balance of account % does not follow from its postings', new.id
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger accounts_follow_postings after insert or update on ledger.accounts
    deferrable initially deferred for each row execute function ledger.check_account();
