#!/bin/sh
# Run once by the image of PostgreSQL: a role and a database of its own for each service, closed to the others.
set -eu

for service in accounts ledger chat files; do
    psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --set password="$(cat "/run/secrets/$service-password")" <<SQL
create role $service login password :'password';
create database $service owner $service;
revoke connect on database $service from public;
SQL
done
