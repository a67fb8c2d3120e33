-- A transfer has a posting of each of two users and none of the outside; its owner is the one who gives.
alter table ledger.transactions drop constraint transactions_kind_check;
alter table ledger.transactions add constraint transactions_kind_check check (kind in ('deposit', 'withdrawal', 'transfer'));
