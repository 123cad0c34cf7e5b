-- +goose Up
-- A workspace is the tenant: its id leads every key of every table. Its row also keeps the end of
-- its log (seq, last_at, last_unit) and is what a writer takes first.
CREATE TABLE crm_workspaces (
    workspace_id         TEXT    NOT NULL PRIMARY KEY,
    version              INTEGER NOT NULL,
    name                 TEXT    NOT NULL,
    name_key             TEXT    NOT NULL,
    currency             TEXT    NOT NULL,
    time_zone            TEXT    NOT NULL,
    utm                  TEXT    NOT NULL,
    ignored_codes        TEXT    NOT NULL,
    tail_days            INTEGER NOT NULL,
    forecast_negotiating TEXT    NOT NULL,
    forecast_draft       TEXT    NOT NULL,
    month_budgets        TEXT    NOT NULL,
    sources              TEXT    NOT NULL,
    seq                  INTEGER NOT NULL DEFAULT 0,
    last_at              INTEGER NOT NULL DEFAULT -62135596800000000, -- the zero time
    last_unit            TEXT    NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
) STRICT;

CREATE INDEX crm_workspaces_by_name ON crm_workspaces (name_key, workspace_id);

CREATE TABLE crm_changes (
    workspace_id TEXT    NOT NULL REFERENCES crm_workspaces (workspace_id),
    seq          INTEGER NOT NULL,
    unit         TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    record_kind  TEXT    NOT NULL,
    record_id    TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    fields       TEXT    NOT NULL,
    reason       TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, seq)
) STRICT;

CREATE INDEX crm_changes_by_record ON crm_changes (workspace_id, record_kind, record_id, seq);
CREATE INDEX crm_changes_by_unit ON crm_changes (workspace_id, unit, seq);

-- +goose Down
DROP TABLE crm_changes;
DROP TABLE crm_workspaces;
