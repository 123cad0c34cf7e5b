-- +goose Up
-- Filters of lists that a team has given names.
CREATE TABLE server_views (
    workspace TEXT   NOT NULL,
    list      TEXT   NOT NULL,            -- what it is a list of: influencers
    folded    TEXT   NOT NULL,            -- the name, in which upper and lower case are the same
    name      TEXT   NOT NULL,
    query     TEXT   NOT NULL,            -- of the list's address
    searches  BIGINT NOT NULL,            -- 1 if it looks for a text, which may be somebody's name
    PRIMARY KEY (workspace, list, folded)
);

-- +goose Down
DROP TABLE server_views;
