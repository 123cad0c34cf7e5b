-- +goose Up
-- The keys of units of work, left where the answer to a commit may be lost. In one file none is, so
-- here the table stays empty; it is there because all databases have the same tables.
CREATE TABLE crm_units (
    workspace_id TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX crm_units_by_age ON crm_units (workspace_id, at);

-- +goose Down
DROP TABLE crm_units;
