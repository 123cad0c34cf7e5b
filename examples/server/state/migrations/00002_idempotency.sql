-- +goose Up
-- Requests that may be sent again, with their answers.
CREATE TABLE server_idempotency (
    id         TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of workspace, caller and key, in hex
    workspace  TEXT   NOT NULL,             -- empty for what is in none
    run        TEXT   NOT NULL,             -- the call that has the key
    request    TEXT   NOT NULL,             -- SHA-256 of the request, in hex; empty while it runs
    answer     TEXT   NOT NULL,             -- JSON; empty while it runs
    expires_at BIGINT NOT NULL              -- when the key is free again
);
CREATE INDEX server_idempotency_expiry ON server_idempotency (expires_at);
CREATE INDEX server_idempotency_workspace ON server_idempotency (workspace);

-- +goose Down
DROP TABLE server_idempotency;
