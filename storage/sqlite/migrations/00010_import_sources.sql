-- +goose Up
-- Which cooperations came from a sheet: an import counts those that its sheet no longer has.
CREATE INDEX crm_cooperations_by_source ON crm_cooperations (workspace_id, import_source, archived_on, id)
    WHERE import_key <> '';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('crm_cooperations', 'crm_cooperations_by_source', '990000 9900 100 90 1');
ANALYZE sqlite_schema;

-- +goose Down
DROP INDEX crm_cooperations_by_source;
