-- +goose Up
-- When records were made and last changed. Those that are there have it from the log, whose times never decrease.
ALTER TABLE crm_workspaces ADD COLUMN created_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_workspaces ADD COLUMN changed_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_members ADD COLUMN created_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_members ADD COLUMN changed_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_campaigns ADD COLUMN created_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_campaigns ADD COLUMN changed_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_influencers ADD COLUMN created_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_influencers ADD COLUMN changed_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_cooperations ADD COLUMN created_at bigint NOT NULL DEFAULT -62135596800000000;
ALTER TABLE crm_cooperations ADD COLUMN changed_at bigint NOT NULL DEFAULT -62135596800000000;

UPDATE crm_workspaces SET created_at = log.created, changed_at = log.changed
FROM (
    SELECT workspace_id, record_id, COALESCE(MAX(CASE WHEN kind = 'create' THEN at END), MIN(at)) AS created, MAX(at) AS changed
    FROM crm_changes WHERE record_kind = 'workspace' GROUP BY workspace_id, record_id
) AS log
WHERE log.workspace_id = crm_workspaces.workspace_id AND log.record_id = crm_workspaces.workspace_id;

UPDATE crm_members SET created_at = log.created, changed_at = log.changed
FROM (
    SELECT workspace_id, record_id, COALESCE(MAX(CASE WHEN kind = 'create' THEN at END), MIN(at)) AS created, MAX(at) AS changed
    FROM crm_changes WHERE record_kind = 'member' GROUP BY workspace_id, record_id
) AS log
WHERE log.workspace_id = crm_members.workspace_id AND log.record_id = crm_members.id;

UPDATE crm_campaigns SET created_at = log.created, changed_at = log.changed
FROM (
    SELECT workspace_id, record_id, COALESCE(MAX(CASE WHEN kind = 'create' THEN at END), MIN(at)) AS created, MAX(at) AS changed
    FROM crm_changes WHERE record_kind = 'campaign' GROUP BY workspace_id, record_id
) AS log
WHERE log.workspace_id = crm_campaigns.workspace_id AND log.record_id = crm_campaigns.id;

UPDATE crm_influencers SET created_at = log.created, changed_at = log.changed
FROM (
    SELECT workspace_id, record_id, COALESCE(MAX(CASE WHEN kind = 'create' THEN at END), MIN(at)) AS created, MAX(at) AS changed
    FROM crm_changes WHERE record_kind = 'influencer' GROUP BY workspace_id, record_id
) AS log
WHERE log.workspace_id = crm_influencers.workspace_id AND log.record_id = crm_influencers.id;

UPDATE crm_cooperations SET created_at = log.created, changed_at = log.changed
FROM (
    SELECT workspace_id, record_id, COALESCE(MAX(CASE WHEN kind = 'create' THEN at END), MIN(at)) AS created, MAX(at) AS changed
    FROM crm_changes WHERE record_kind = 'cooperation' GROUP BY workspace_id, record_id
) AS log
WHERE log.workspace_id = crm_cooperations.workspace_id AND log.record_id = crm_cooperations.id;

-- +goose Down
ALTER TABLE crm_cooperations DROP COLUMN changed_at;
ALTER TABLE crm_cooperations DROP COLUMN created_at;
ALTER TABLE crm_influencers DROP COLUMN changed_at;
ALTER TABLE crm_influencers DROP COLUMN created_at;
ALTER TABLE crm_campaigns DROP COLUMN changed_at;
ALTER TABLE crm_campaigns DROP COLUMN created_at;
ALTER TABLE crm_members DROP COLUMN changed_at;
ALTER TABLE crm_members DROP COLUMN created_at;
ALTER TABLE crm_workspaces DROP COLUMN changed_at;
ALTER TABLE crm_workspaces DROP COLUMN created_at;
