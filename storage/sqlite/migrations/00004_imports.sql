-- +goose Up
CREATE TABLE crm_import_runs (
    workspace_id TEXT    NOT NULL REFERENCES crm_workspaces (workspace_id),
    id           TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    units        TEXT    NOT NULL,
    source       TEXT    NOT NULL,
    at           INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    counts       TEXT    NOT NULL,
    plan         TEXT    NOT NULL,
    undone_at    INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;

-- +goose Down
DROP TABLE crm_import_runs;
