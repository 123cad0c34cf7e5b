-- +goose Up
CREATE TABLE crm_campaigns (
    workspace_id    uuid             NOT NULL REFERENCES crm_workspaces (workspace_id),
    id              uuid             NOT NULL,
    version         bigint           NOT NULL,
    name            text COLLATE "C" NOT NULL,
    name_key        text COLLATE "C" NOT NULL,
    target_minor    bigint           NOT NULL,
    target_currency text COLLATE "C" NOT NULL,
    budget_minor    bigint           NOT NULL,
    budget_currency text COLLATE "C" NOT NULL,
    start_day       text COLLATE "C" NOT NULL,
    end_day         text COLLATE "C" NOT NULL,
    notes           text COLLATE "C" NOT NULL,
    archived_on     text COLLATE "C" NOT NULL,
    search          text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE UNIQUE INDEX crm_campaigns_by_name ON crm_campaigns (workspace_id, name_key);
CREATE INDEX crm_campaigns_by_start ON crm_campaigns (workspace_id, start_day, id);

CREATE TABLE crm_cooperations (
    workspace_id    uuid             NOT NULL REFERENCES crm_workspaces (workspace_id),
    id              uuid             NOT NULL,
    version         bigint           NOT NULL,
    campaign_id     uuid             NOT NULL,
    influencer_id   uuid             NOT NULL,
    profile_id      uuid,
    name            text COLLATE "C" NOT NULL,
    name_key        text COLLATE "C" NOT NULL,
    name_mode       text COLLATE "C" NOT NULL,
    status          text COLLATE "C" NOT NULL,
    start_day       text COLLATE "C" NOT NULL,
    end_day         text COLLATE "C" NOT NULL,
    cost_minor      bigint           NOT NULL,
    cost_currency   text COLLATE "C" NOT NULL,
    spread          text COLLATE "C" NOT NULL,
    details         text COLLATE "C" NOT NULL,
    last_touch      boolean          NOT NULL,
    cancelled       boolean          NOT NULL,
    cancelled_on    text COLLATE "C" NOT NULL,
    fee_minor       bigint           NOT NULL,
    fee_currency    text COLLATE "C" NOT NULL,
    cancel_reason   text COLLATE "C" NOT NULL,
    cancel_status   text COLLATE "C" NOT NULL,
    responsible_id  uuid,
    notes           text COLLATE "C" NOT NULL,
    import_source   text COLLATE "C" NOT NULL,
    import_key      text COLLATE "C" NOT NULL,
    imported_values text COLLATE "C" NOT NULL,
    archived_on     text COLLATE "C" NOT NULL,
    search          text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, id),
    CONSTRAINT crm_cooperations_campaign_fk FOREIGN KEY (workspace_id, campaign_id) REFERENCES crm_campaigns (workspace_id, id),
    CONSTRAINT crm_cooperations_influencer_fk FOREIGN KEY (workspace_id, influencer_id) REFERENCES crm_influencers (workspace_id, id),
    CONSTRAINT crm_cooperations_responsible_fk FOREIGN KEY (workspace_id, responsible_id) REFERENCES crm_members (workspace_id, id)
);

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
    workspace_id   uuid             NOT NULL,
    kind           text COLLATE "C" NOT NULL,
    claim_key      text COLLATE "C" NOT NULL,
    cooperation_id uuid             NOT NULL,
    influencer_id  uuid             NOT NULL,
    from_day       text COLLATE "C" NOT NULL,
    to_day         text COLLATE "C" NOT NULL,
    until_day      text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, kind, claim_key, cooperation_id),
    CONSTRAINT crm_claims_cooperation_fk FOREIGN KEY (workspace_id, cooperation_id) REFERENCES crm_cooperations (workspace_id, id)
);

CREATE INDEX crm_claims_by_cooperation ON crm_claims (workspace_id, cooperation_id);

-- +goose Down
DROP TABLE crm_claims;
DROP TABLE crm_cooperations;
DROP TABLE crm_campaigns;
