-- +goose Up
CREATE TABLE crm_members (
    workspace_id uuid             NOT NULL REFERENCES crm_workspaces (workspace_id),
    id           uuid             NOT NULL,
    version      bigint           NOT NULL,
    name         text COLLATE "C" NOT NULL,
    name_key     text COLLATE "C" NOT NULL,
    email        text COLLATE "C" NOT NULL,
    archived_on  text COLLATE "C" NOT NULL,
    search       text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE INDEX crm_members_by_name ON crm_members (workspace_id, name_key, id);

CREATE TABLE crm_influencers (
    workspace_id   uuid             NOT NULL REFERENCES crm_workspaces (workspace_id),
    id             uuid             NOT NULL,
    version        bigint           NOT NULL,
    name           text COLLATE "C" NOT NULL,
    name_key       text COLLATE "C" NOT NULL,
    phone          text COLLATE "C" NOT NULL,
    phone_e164     text COLLATE "C" NOT NULL,
    email          text COLLATE "C" NOT NULL,
    category       text COLLATE "C" NOT NULL,
    category_key   text COLLATE "C" NOT NULL,
    responsible_id uuid,
    tags           text COLLATE "C" NOT NULL,
    profiles       text COLLATE "C" NOT NULL,
    notes          text COLLATE "C" NOT NULL,
    custom         text COLLATE "C" NOT NULL,
    archived_on    text COLLATE "C" NOT NULL,
    search         text COLLATE "C" NOT NULL,
    CONSTRAINT crm_influencers_responsible_fk FOREIGN KEY (workspace_id, responsible_id) REFERENCES crm_members (workspace_id, id)
);

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

-- The primary key comes last. While a table has no statistics PostgreSQL takes every index that the workspace leads to
-- cost the same for a look-up by id, chooses the newest, and keeps the plan for as long as a connection lasts. Any other
-- one it would read from end to end for each row of a first import, and for each foreign key that refers to one.
ALTER TABLE crm_influencers ADD PRIMARY KEY (workspace_id, id);

-- By what an influencer's profiles and tags are found; made anew with each write of the influencer.
CREATE TABLE crm_influencer_profiles (
    workspace_id  uuid             NOT NULL,
    influencer_id uuid             NOT NULL,
    place         integer          NOT NULL,
    profile_id    uuid, -- NULL for one without an id, of which there may be many
    platform      text COLLATE "C" NOT NULL,
    handle_key    text COLLATE "C" NOT NULL,
    link_key      text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, influencer_id, place),
    CONSTRAINT crm_influencer_profiles_influencer_fk FOREIGN KEY (workspace_id, influencer_id) REFERENCES crm_influencers (workspace_id, id)
);

CREATE UNIQUE INDEX crm_influencer_profiles_by_id ON crm_influencer_profiles (workspace_id, profile_id);
CREATE UNIQUE INDEX crm_influencer_profiles_by_handle
    ON crm_influencer_profiles (workspace_id, platform, handle_key) WHERE handle_key <> '';
CREATE INDEX crm_influencer_profiles_by_link ON crm_influencer_profiles (workspace_id, link_key);

CREATE TABLE crm_influencer_tags (
    workspace_id  uuid             NOT NULL,
    tag_key       text COLLATE "C" NOT NULL,
    influencer_id uuid             NOT NULL,
    PRIMARY KEY (workspace_id, tag_key, influencer_id),
    CONSTRAINT crm_influencer_tags_influencer_fk FOREIGN KEY (workspace_id, influencer_id) REFERENCES crm_influencers (workspace_id, id)
);

CREATE INDEX crm_influencer_tags_by_influencer ON crm_influencer_tags (workspace_id, influencer_id);

-- +goose Down
DROP TABLE crm_influencer_tags;
DROP TABLE crm_influencer_profiles;
DROP TABLE crm_influencers;
DROP TABLE crm_members;
