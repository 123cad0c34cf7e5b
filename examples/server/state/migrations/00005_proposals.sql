-- +goose Up
-- Changes that an assistant has proposed, until somebody has them applied or they expire.
CREATE TABLE server_proposals (
    id         TEXT   NOT NULL PRIMARY KEY,
    workspace  TEXT   NOT NULL,
    steps      TEXT   NOT NULL,            -- JSON
    reason     TEXT   NOT NULL,
    digest     TEXT   NOT NULL,            -- SHA-256 of what was shown, in hex
    expires_at BIGINT NOT NULL,
    unit       TEXT   NOT NULL             -- the unit of work that applied it; empty before
);
CREATE INDEX server_proposals_expiry ON server_proposals (workspace, expires_at);

-- +goose Down
DROP TABLE server_proposals;
