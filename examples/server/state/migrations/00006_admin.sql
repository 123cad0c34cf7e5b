-- +goose Up
-- The scope admin was called manage.
UPDATE server_tokens SET scope = 'admin' WHERE scope = 'manage';

-- +goose Down
UPDATE server_tokens SET scope = 'manage' WHERE scope = 'admin';
