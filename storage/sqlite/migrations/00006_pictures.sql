-- +goose Up
-- Profile pictures, apart from the influencers, whose lists must not carry bytes. A picture is written
-- once and outlives its place: the past is shown with the pictures of then. That is why its influencer
-- is no foreign key, nor the picture one of the influencer: who was deleted may come back.
CREATE TABLE crm_pictures (
    workspace_id  TEXT    NOT NULL REFERENCES crm_workspaces (workspace_id),
    id            TEXT    NOT NULL,
    influencer_id TEXT    NOT NULL,
    type          TEXT    NOT NULL,
    width         INTEGER NOT NULL,
    height        INTEGER NOT NULL,
    data          BLOB    NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE INDEX crm_pictures_by_influencer ON crm_pictures (workspace_id, influencer_id);

ALTER TABLE crm_influencers ADD COLUMN picture_id TEXT NOT NULL DEFAULT '';

-- As the migration before has it.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('crm_pictures', 'sqlite_autoindex_crm_pictures_1', '200000 2000 1'),
    ('crm_pictures', 'crm_pictures_by_influencer', '200000 2000 2');
ANALYZE sqlite_schema;

-- +goose Down
ALTER TABLE crm_influencers DROP COLUMN picture_id;
DROP TABLE crm_pictures;
