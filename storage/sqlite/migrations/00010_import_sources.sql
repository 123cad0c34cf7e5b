-- +goose Up
-- Which cooperations came from a sheet: an import counts those that its sheet no longer has.
CREATE INDEX crm_cooperations_by_source ON crm_cooperations (workspace_id, import_source, archived_on, id)
    WHERE import_key <> '';

-- +goose Down
DROP INDEX crm_cooperations_by_source;
