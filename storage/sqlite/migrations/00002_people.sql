-- +goose Up
CREATE TABLE crm_members (
    workspace_id TEXT    NOT NULL REFERENCES crm_workspaces (workspace_id),
    id           TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    name_key     TEXT    NOT NULL,
    email        TEXT    NOT NULL,
    archived_on  TEXT    NOT NULL,
    search       TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE INDEX crm_members_by_name ON crm_members (workspace_id, name_key, id);

CREATE TABLE crm_influencers (
    workspace_id   TEXT    NOT NULL REFERENCES crm_workspaces (workspace_id),
    id             TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    name           TEXT    NOT NULL,
    name_key       TEXT    NOT NULL,
    phone          TEXT    NOT NULL,
    phone_e164     TEXT    NOT NULL,
    email          TEXT    NOT NULL,
    category       TEXT    NOT NULL,
    category_key   TEXT    NOT NULL,
    responsible_id TEXT,
    tags           TEXT    NOT NULL,
    profiles       TEXT    NOT NULL,
    notes          TEXT    NOT NULL,
    custom         TEXT    NOT NULL,
    archived_on    TEXT    NOT NULL,
    search         TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, responsible_id) REFERENCES crm_members (workspace_id, id)
) STRICT;

-- A list is read from an index in its order, and so is what its usual filters leave of it.
CREATE INDEX crm_influencers_by_name ON crm_influencers (workspace_id, name_key, id);
CREATE INDEX crm_influencers_of_category ON crm_influencers (workspace_id, category_key, id);
CREATE INDEX crm_influencers_of_category_by_name ON crm_influencers (workspace_id, category_key, name_key, id);
CREATE INDEX crm_influencers_of_responsible ON crm_influencers (workspace_id, responsible_id, id)
    WHERE responsible_id IS NOT NULL;
CREATE INDEX crm_influencers_of_responsible_by_name ON crm_influencers (workspace_id, responsible_id, name_key, id)
    WHERE responsible_id IS NOT NULL;
CREATE INDEX crm_influencers_archived ON crm_influencers (workspace_id, id) WHERE archived_on <> '';
CREATE INDEX crm_influencers_archived_by_name ON crm_influencers (workspace_id, name_key, id) WHERE archived_on <> '';

-- By what an influencer's profiles and tags are found; made anew with each write of the influencer.
CREATE TABLE crm_influencer_profiles (
    workspace_id  TEXT    NOT NULL,
    influencer_id TEXT    NOT NULL,
    place         INTEGER NOT NULL,
    profile_id    TEXT, -- NULL for one without an id, of which there may be many
    platform      TEXT    NOT NULL,
    handle_key    TEXT    NOT NULL,
    link_key      TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, influencer_id, place),
    FOREIGN KEY (workspace_id, influencer_id) REFERENCES crm_influencers (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX crm_influencer_profiles_by_id ON crm_influencer_profiles (workspace_id, profile_id);
CREATE UNIQUE INDEX crm_influencer_profiles_by_handle
    ON crm_influencer_profiles (workspace_id, platform, handle_key) WHERE handle_key <> '';
CREATE INDEX crm_influencer_profiles_by_link ON crm_influencer_profiles (workspace_id, link_key);

CREATE TABLE crm_influencer_tags (
    workspace_id  TEXT NOT NULL,
    tag_key       TEXT NOT NULL,
    influencer_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, tag_key, influencer_id),
    FOREIGN KEY (workspace_id, influencer_id) REFERENCES crm_influencers (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX crm_influencer_tags_by_influencer ON crm_influencer_tags (workspace_id, influencer_id);

-- +goose Down
DROP TABLE crm_influencer_tags;
DROP TABLE crm_influencer_profiles;
DROP TABLE crm_influencers;
DROP TABLE crm_members;
