-- +goose Up
-- The orders by last change and by cost, for lists of what is not archived, as most are. The condition also keeps the
-- indexes away from look-ups by id, for which PostgreSQL would take the newest index of a table without statistics.
CREATE INDEX crm_influencers_by_changed ON crm_influencers (workspace_id, changed_at, id) WHERE archived_on = '';
CREATE INDEX crm_cooperations_by_changed ON crm_cooperations (workspace_id, changed_at, id) WHERE archived_on = '';
CREATE INDEX crm_cooperations_by_cost ON crm_cooperations (workspace_id, cost_currency, cost_minor, id) WHERE archived_on = '';

-- +goose Down
DROP INDEX crm_cooperations_by_cost;
DROP INDEX crm_cooperations_by_changed;
DROP INDEX crm_influencers_by_changed;
