-- +goose Up
CREATE TABLE crm_import_runs (
    workspace_id uuid             NOT NULL REFERENCES crm_workspaces (workspace_id),
    id           uuid             NOT NULL,
    version      bigint           NOT NULL,
    units        text COLLATE "C" NOT NULL,
    source       text COLLATE "C" NOT NULL,
    at           bigint           NOT NULL,
    actor        text COLLATE "C" NOT NULL,
    counts       text COLLATE "C" NOT NULL,
    plan         text COLLATE "C" NOT NULL,
    undone_at    bigint           NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- +goose Down
DROP TABLE crm_import_runs;
