-- +goose Up
-- What a team has said of the columns and words of a sheet, for the next sheet with the same headers.
CREATE TABLE server_import_choices (
    workspace  TEXT   NOT NULL,
    header_key TEXT   NOT NULL,            -- the same for all sheets with these headers
    choices    TEXT   NOT NULL,            -- JSON
    names      TEXT   NOT NULL,            -- the words that may name people, as JSON; empty if there are none
    names_lost BIGINT NOT NULL,            -- 1 if they were removed because somebody was erased
    kept_at    BIGINT NOT NULL,
    PRIMARY KEY (workspace, header_key)
);
ALTER TABLE server_plans ADD COLUMN names_lost BIGINT NOT NULL DEFAULT 0; -- 1 if somebody was erased while it was carried out

-- +goose Down
ALTER TABLE server_plans DROP COLUMN names_lost;
DROP TABLE server_import_choices;
