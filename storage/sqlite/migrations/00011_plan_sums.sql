-- +goose Up
-- What the cooperations of a campaign come to, by stage and month, added up as they are written: a planning report of
-- any size is as many rows as it has lines. The amounts are in two parts, so that no sum is too large for a column.
-- Campaigns are no foreign key: a unit of work writes its changes of sums last, after it has deleted records.
CREATE TABLE crm_plan_sums (
    workspace_id TEXT    NOT NULL REFERENCES crm_workspaces (workspace_id),
    kind         TEXT    NOT NULL,
    campaign_id  TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    day          TEXT    NOT NULL,
    currency     TEXT    NOT NULL,
    cooperations INTEGER NOT NULL,
    amount_high  INTEGER NOT NULL,
    amount_low   INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, kind, campaign_id, status, day, currency)
) STRICT, WITHOUT ROWID;

-- Those that count nothing any more go with the unit of work that has left them.
CREATE INDEX crm_plan_sums_empty ON crm_plan_sums (workspace_id) WHERE cooperations = 0;

-- The seq up to which the sums are kept. A workspace that is here already has none; the next unit of work that writes a
-- cooperation makes them. A program of an earlier version moves seq alone, and so they are made again after it, too.
ALTER TABLE crm_workspaces ADD COLUMN plan_seq INTEGER NOT NULL DEFAULT 0;
UPDATE crm_workspaces SET plan_seq = -1;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('crm_plan_sums', 'crm_plan_sums', '300000 3000 800 40 15 1 1'),
    ('crm_plan_sums', 'crm_plan_sums_empty', '100 1');
ANALYZE sqlite_schema;

-- +goose Down
ALTER TABLE crm_workspaces DROP COLUMN plan_seq;
DROP TABLE crm_plan_sums;
