-- +goose Up
-- The units of work that took an import back, and brought it back again. Those that did so before are not known.
ALTER TABLE crm_import_runs ADD COLUMN undos TEXT NOT NULL DEFAULT '[]';

-- +goose Down
ALTER TABLE crm_import_runs DROP COLUMN undos;
