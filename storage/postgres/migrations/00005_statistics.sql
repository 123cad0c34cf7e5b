-- +goose Up
-- SQLite needs to be told how many rows to expect. PostgreSQL counts by itself, so here nothing is done;
-- the number is there because all databases have the same migrations.
SELECT 1;

-- +goose Down
SELECT 1;
