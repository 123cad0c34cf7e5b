-- +goose Up
-- How the shop of a workspace compares codes.
ALTER TABLE crm_workspaces ADD COLUMN code_comparison TEXT NOT NULL DEFAULT 'exact';

-- The normal form of a code in which there is an İ has an i now, and had an i with a dot above before. No database has
-- functions to make it. plan_seq stands for claims too, so that those that are here already are not read, and the next unit of
-- work that writes a cooperation, or reads claims, makes them anew with the sums of the plan.
UPDATE crm_workspaces SET plan_seq = -1;

-- +goose Down
ALTER TABLE crm_workspaces DROP COLUMN code_comparison;
