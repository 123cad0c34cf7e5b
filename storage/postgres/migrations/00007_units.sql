-- +goose Up
-- The keys of units of work. When the answer to a commit is lost, the key tells whether the unit is there.
-- It refers to no workspace: that would be one more look at its row for every unit.
CREATE TABLE crm_units (
    workspace_id uuid   NOT NULL,
    key          uuid   NOT NULL,
    at           bigint NOT NULL,
    PRIMARY KEY (workspace_id, key)
);

CREATE INDEX crm_units_by_age ON crm_units (workspace_id, at);

-- +goose Down
DROP TABLE crm_units;
