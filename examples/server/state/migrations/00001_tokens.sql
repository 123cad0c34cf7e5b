-- +goose Up
-- Tokens that may call the API. Of the token itself there is only its hash.
CREATE TABLE server_tokens (
    id         TEXT   NOT NULL PRIMARY KEY,
    hash       TEXT   NOT NULL UNIQUE,     -- SHA-256, in hex
    name       TEXT   NOT NULL,            -- who acts, for the log of changes
    scope      TEXT   NOT NULL,            -- read, write or manage
    workspaces TEXT   NOT NULL,            -- ids, separated by spaces; empty for all
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,            -- 0 for never
    revoked_at BIGINT NOT NULL             -- 0 if it is not
);

-- Browsers that have signed in with a token. They may do what the token may, as long as it may.
CREATE TABLE server_sessions (
    hash       TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of the cookie, in hex
    token_hash TEXT   NOT NULL,             -- of the token, which may be in no table: that of a file
    expires_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE server_sessions;
DROP TABLE server_tokens;
