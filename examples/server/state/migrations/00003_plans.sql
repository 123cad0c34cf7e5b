-- +goose Up
-- Plans of imports, with the files that they are of and the job that carries them out.
CREATE TABLE server_plans (
    workspace  TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    request    TEXT   NOT NULL,            -- what was asked for, as JSON
    digest     TEXT   NOT NULL,
    english    TEXT   NOT NULL,            -- the plan without its rows, as JSON
    german     TEXT   NOT NULL,
    bytes      BIGINT NOT NULL,            -- of its files
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state      TEXT   NOT NULL,            -- preparing, planned, applying, applied, failed or cancelled
    revision   BIGINT NOT NULL,            -- of the job; grows with whatever it tells
    attempt    BIGINT NOT NULL,
    done       BIGINT NOT NULL,            -- records
    total      BIGINT NOT NULL,
    run        TEXT   NOT NULL,            -- the import run; empty if nothing was written
    fresh      TEXT   NOT NULL,            -- the plan that takes its place; empty if none does
    problem_english TEXT NOT NULL,         -- why it failed, as JSON; empty if it did not
    problem_german  TEXT NOT NULL,
    owner      TEXT   NOT NULL,            -- who carries it out
    beat_at    BIGINT NOT NULL,            -- when the owner was last heard of
    cancel     BIGINT NOT NULL,            -- 1 if somebody asked to stop
    PRIMARY KEY (workspace, id)
);
CREATE INDEX server_plans_expiry ON server_plans (expires_at);

CREATE TABLE server_plan_files (
    workspace TEXT   NOT NULL,
    plan      TEXT   NOT NULL,
    file      BIGINT NOT NULL,             -- 0 is the sheet
    chunk     BIGINT NOT NULL,
    bytes     BYTEA  NOT NULL,
    PRIMARY KEY (workspace, plan, file, chunk)
);

CREATE TABLE server_plan_rows (
    workspace TEXT   NOT NULL,
    plan      TEXT   NOT NULL,
    position  BIGINT NOT NULL,
    part      BIGINT NOT NULL,             -- 0 is the sheet, 1 the first table of budgets
    verdict   TEXT   NOT NULL,
    english   TEXT   NOT NULL,             -- the row as JSON
    german    TEXT   NOT NULL,             -- empty if it is the same
    PRIMARY KEY (workspace, plan, position)
);
CREATE INDEX server_plan_rows_by_verdict ON server_plan_rows (workspace, plan, verdict, position);

-- +goose Down
DROP TABLE server_plan_rows;
DROP TABLE server_plan_files;
DROP TABLE server_plans;
