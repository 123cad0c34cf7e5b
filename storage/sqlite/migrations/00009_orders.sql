-- +goose Up
-- The orders by last change and by cost, for lists of what is not archived, as most are. The condition also keeps the
-- indexes away from look-ups by id, for which PostgreSQL would take the newest index of a table without statistics.
CREATE INDEX crm_influencers_by_changed ON crm_influencers (workspace_id, changed_at, id) WHERE archived_on = '';
CREATE INDEX crm_cooperations_by_changed ON crm_cooperations (workspace_id, changed_at, id) WHERE archived_on = '';
CREATE INDEX crm_cooperations_by_cost ON crm_cooperations (workspace_id, cost_currency, cost_minor, id) WHERE archived_on = '';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('crm_influencers', 'crm_influencers_by_changed', '198000 1980 2 1'),
    ('crm_cooperations', 'crm_cooperations_by_changed', '990000 9900 2 1'),
    ('crm_cooperations', 'crm_cooperations_by_cost', '990000 9900 5000 20 1');
ANALYZE sqlite_schema;

-- +goose Down
DROP INDEX crm_cooperations_by_cost;
DROP INDEX crm_cooperations_by_changed;
DROP INDEX crm_influencers_by_changed;
