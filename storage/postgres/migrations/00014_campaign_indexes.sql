-- +goose Up
-- The columns behind the id spare a look at each row of a campaign that a filter of status or archive leaves out.
DROP INDEX crm_cooperations_of_campaign;
DROP INDEX crm_cooperations_of_campaign_by_start;
CREATE INDEX crm_cooperations_of_campaign ON crm_cooperations (workspace_id, campaign_id, id, status, archived_on);
CREATE INDEX crm_cooperations_of_campaign_by_start ON crm_cooperations (workspace_id, campaign_id, start_day, id, status, archived_on);

-- +goose Down
DROP INDEX crm_cooperations_of_campaign_by_start;
DROP INDEX crm_cooperations_of_campaign;
CREATE INDEX crm_cooperations_of_campaign ON crm_cooperations (workspace_id, campaign_id, id);
CREATE INDEX crm_cooperations_of_campaign_by_start ON crm_cooperations (workspace_id, campaign_id, start_day, id);
