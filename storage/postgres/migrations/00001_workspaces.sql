-- +goose Up
-- A workspace is the tenant: its id leads every key of every table. Its row also keeps the end of
-- its log (seq, last_at, last_unit) and is what a writer takes first.
CREATE TABLE crm_workspaces (
    workspace_id         uuid             NOT NULL PRIMARY KEY,
    version              bigint           NOT NULL,
    name                 text COLLATE "C" NOT NULL,
    name_key             text COLLATE "C" NOT NULL,
    currency             text COLLATE "C" NOT NULL,
    time_zone            text COLLATE "C" NOT NULL,
    utm                  text COLLATE "C" NOT NULL,
    ignored_codes        text COLLATE "C" NOT NULL,
    tail_days            integer          NOT NULL,
    forecast_negotiating text COLLATE "C" NOT NULL,
    forecast_draft       text COLLATE "C" NOT NULL,
    month_budgets        text COLLATE "C" NOT NULL,
    sources              text COLLATE "C" NOT NULL,
    seq                  bigint           NOT NULL DEFAULT 0,
    last_at              bigint           NOT NULL DEFAULT -62135596800000000, -- the zero time
    last_unit            uuid             NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
);

CREATE INDEX crm_workspaces_by_name ON crm_workspaces (name_key, workspace_id);

CREATE TABLE crm_changes (
    workspace_id uuid             NOT NULL REFERENCES crm_workspaces (workspace_id),
    seq          bigint           NOT NULL,
    unit         uuid             NOT NULL,
    at           bigint           NOT NULL,
    actor        text COLLATE "C" NOT NULL,
    record_kind  text COLLATE "C" NOT NULL,
    record_id    uuid             NOT NULL,
    kind         text COLLATE "C" NOT NULL,
    fields       text COLLATE "C" NOT NULL,
    reason       text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, seq)
);

CREATE INDEX crm_changes_by_record ON crm_changes (workspace_id, record_kind, record_id, seq);
CREATE INDEX crm_changes_by_unit ON crm_changes (workspace_id, unit, seq);

-- +goose Down
DROP TABLE crm_changes;
DROP TABLE crm_workspaces;
