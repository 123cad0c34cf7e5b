-- +goose Up
-- Who is told of the changes of a workspace.
CREATE TABLE server_webhooks (
    id           TEXT   NOT NULL PRIMARY KEY,
    workspace    TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    url          TEXT   NOT NULL,
    kinds        TEXT   NOT NULL, -- of records, separated by commas; empty for all
    secret       TEXT   NOT NULL, -- with which messages are signed
    active       BIGINT NOT NULL, -- 0 or 1
    position     BIGINT NOT NULL, -- seq of the last change that is delivered, dead or of no interest
    created_at   BIGINT NOT NULL,
    leased_by    TEXT   NOT NULL, -- the process that sends
    leased_until BIGINT NOT NULL
);
CREATE INDEX server_webhooks_workspace ON server_webhooks (workspace, id);

-- Messages to webhooks. What they say is in the log of changes.
CREATE TABLE server_deliveries (
    id          TEXT   NOT NULL PRIMARY KEY, -- of the message
    webhook     TEXT   NOT NULL,
    first_seq   BIGINT NOT NULL,             -- of its changes
    last_seq    BIGINT NOT NULL,
    kinds       TEXT   NOT NULL,             -- those of the webhook when the message was made
    state       TEXT   NOT NULL,             -- pending, delivered or dead
    replay      BIGINT NOT NULL,             -- 1 if it was asked for again, and holds up no others
    attempts    BIGINT NOT NULL,
    status      BIGINT NOT NULL,             -- HTTP status of the last attempt; 0 for none
    problem     TEXT   NOT NULL,             -- of the last attempt
    created_at  BIGINT NOT NULL,
    begun_at    BIGINT NOT NULL,             -- since when it is tried
    due_at      BIGINT NOT NULL,             -- of the next attempt
    finished_at BIGINT NOT NULL              -- 0 while it is pending
);
CREATE INDEX server_deliveries_webhook ON server_deliveries (webhook, id);
CREATE UNIQUE INDEX server_deliveries_first ON server_deliveries (webhook, first_seq);
CREATE INDEX server_deliveries_state ON server_deliveries (state, due_at);

-- +goose Down
DROP TABLE server_deliveries;
DROP TABLE server_webhooks;
