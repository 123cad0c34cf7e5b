-- +goose Up
CREATE TABLE crm_campaigns (
    workspace_id    TEXT    NOT NULL REFERENCES crm_workspaces (workspace_id),
    id              TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    name            TEXT    NOT NULL,
    name_key        TEXT    NOT NULL,
    target_minor    INTEGER NOT NULL,
    target_currency TEXT    NOT NULL,
    budget_minor    INTEGER NOT NULL,
    budget_currency TEXT    NOT NULL,
    start_day       TEXT    NOT NULL,
    end_day         TEXT    NOT NULL,
    notes           TEXT    NOT NULL,
    archived_on     TEXT    NOT NULL,
    search          TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE UNIQUE INDEX crm_campaigns_by_name ON crm_campaigns (workspace_id, name_key);
CREATE INDEX crm_campaigns_by_start ON crm_campaigns (workspace_id, start_day, id);

CREATE TABLE crm_cooperations (
    workspace_id    TEXT    NOT NULL REFERENCES crm_workspaces (workspace_id),
    id              TEXT    NOT NULL,
    version         INTEGER NOT NULL,
    campaign_id     TEXT    NOT NULL,
    influencer_id   TEXT    NOT NULL,
    profile_id      TEXT,
    name            TEXT    NOT NULL,
    name_key        TEXT    NOT NULL,
    name_mode       TEXT    NOT NULL,
    status          TEXT    NOT NULL,
    start_day       TEXT    NOT NULL,
    end_day         TEXT    NOT NULL,
    cost_minor      INTEGER NOT NULL,
    cost_currency   TEXT    NOT NULL,
    spread          TEXT    NOT NULL,
    details         TEXT    NOT NULL,
    last_touch      INTEGER NOT NULL,
    cancelled       INTEGER NOT NULL,
    cancelled_on    TEXT    NOT NULL,
    fee_minor       INTEGER NOT NULL,
    fee_currency    TEXT    NOT NULL,
    cancel_reason   TEXT    NOT NULL,
    cancel_status   TEXT    NOT NULL,
    responsible_id  TEXT,
    notes           TEXT    NOT NULL,
    import_source   TEXT    NOT NULL,
    import_key      TEXT    NOT NULL,
    imported_values TEXT    NOT NULL,
    archived_on     TEXT    NOT NULL,
    search          TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, campaign_id) REFERENCES crm_campaigns (workspace_id, id),
    FOREIGN KEY (workspace_id, influencer_id) REFERENCES crm_influencers (workspace_id, id),
    FOREIGN KEY (workspace_id, responsible_id) REFERENCES crm_members (workspace_id, id)
) STRICT;

-- A list is read from an index in its order, and so is what its usual filters leave of it. Each index costs
-- every write, so a list by status or responsible member has one for the order it is looked at in. Few records
-- are archived, so the indexes of these cost next to nothing.
CREATE INDEX crm_cooperations_by_name ON crm_cooperations (workspace_id, name_key, id);
CREATE INDEX crm_cooperations_by_start ON crm_cooperations (workspace_id, start_day, id);
CREATE INDEX crm_cooperations_of_campaign ON crm_cooperations (workspace_id, campaign_id, id);
CREATE INDEX crm_cooperations_of_campaign_by_name ON crm_cooperations (workspace_id, campaign_id, name_key, id);
CREATE INDEX crm_cooperations_of_campaign_by_start ON crm_cooperations (workspace_id, campaign_id, start_day, id);
CREATE INDEX crm_cooperations_of_influencer ON crm_cooperations (workspace_id, influencer_id, id);
CREATE INDEX crm_cooperations_of_status_by_start ON crm_cooperations (workspace_id, status, start_day, id);
CREATE INDEX crm_cooperations_of_responsible_by_start ON crm_cooperations (workspace_id, responsible_id, start_day, id)
    WHERE responsible_id IS NOT NULL;
CREATE INDEX crm_cooperations_archived ON crm_cooperations (workspace_id, id) WHERE archived_on <> '';
CREATE INDEX crm_cooperations_archived_by_name ON crm_cooperations (workspace_id, name_key, id) WHERE archived_on <> '';
CREATE INDEX crm_cooperations_archived_by_start ON crm_cooperations (workspace_id, start_day, id) WHERE archived_on <> '';
CREATE INDEX crm_cooperations_by_import ON crm_cooperations (workspace_id, import_key, id)
    WHERE import_key <> '';

-- Which discount codes and UTM sets a cooperation lays hold to, and when; made anew with each write
-- of the cooperation.
CREATE TABLE crm_claims (
    workspace_id   TEXT NOT NULL,
    kind           TEXT NOT NULL,
    claim_key      TEXT NOT NULL,
    cooperation_id TEXT NOT NULL,
    influencer_id  TEXT NOT NULL,
    from_day       TEXT NOT NULL,
    to_day         TEXT NOT NULL,
    until_day      TEXT NOT NULL,
    PRIMARY KEY (workspace_id, kind, claim_key, cooperation_id),
    FOREIGN KEY (workspace_id, cooperation_id) REFERENCES crm_cooperations (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX crm_claims_by_cooperation ON crm_claims (workspace_id, cooperation_id);

-- +goose Down
DROP TABLE crm_claims;
DROP TABLE crm_cooperations;
DROP TABLE crm_campaigns;
