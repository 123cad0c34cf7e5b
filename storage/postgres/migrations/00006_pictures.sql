-- +goose Up
-- Profile pictures, apart from the influencers, whose lists must not carry bytes. A picture is written
-- once and outlives its place: the past is shown with the pictures of then. That is why its influencer
-- is no foreign key, nor the picture one of the influencer: who was deleted may come back.
CREATE TABLE crm_pictures (
    workspace_id  uuid             NOT NULL REFERENCES crm_workspaces (workspace_id),
    id            uuid             NOT NULL,
    influencer_id uuid             NOT NULL,
    type          text COLLATE "C" NOT NULL,
    width         integer          NOT NULL,
    height        integer          NOT NULL,
    data          bytea            NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

CREATE INDEX crm_pictures_by_influencer ON crm_pictures (workspace_id, influencer_id);

ALTER TABLE crm_influencers ADD COLUMN picture_id text COLLATE "C" NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE crm_influencers DROP COLUMN picture_id;
DROP TABLE crm_pictures;
