-- +goose Up
-- What influencers may share who are one person, for looking it up: the email address and the words of the name, folded, and of
-- profiles the handle without separators and the page. What they have already, the phone number, needs an index only. No
-- database has the functions to make the keys of those that are here: see identity_seq.
ALTER TABLE crm_influencers ADD COLUMN email_key TEXT NOT NULL DEFAULT '';
ALTER TABLE crm_influencers ADD COLUMN words_key TEXT NOT NULL DEFAULT '';
ALTER TABLE crm_influencers ADD COLUMN spelled_key TEXT NOT NULL DEFAULT '';
ALTER TABLE crm_influencer_profiles ADD COLUMN bare_handle_key TEXT NOT NULL DEFAULT '';
ALTER TABLE crm_influencer_profiles ADD COLUMN page_key TEXT NOT NULL DEFAULT '';

-- The conditions also keep the indexes away from look-ups by id, for which PostgreSQL would take the newest index of a table
-- without statistics.
CREATE INDEX crm_influencers_by_phone ON crm_influencers (workspace_id, phone_e164, id) WHERE phone_e164 <> '';
CREATE INDEX crm_influencers_by_email ON crm_influencers (workspace_id, email_key, id) WHERE email_key <> '';
CREATE INDEX crm_influencers_by_words ON crm_influencers (workspace_id, words_key, id) WHERE words_key <> '';
CREATE INDEX crm_influencers_by_spelling ON crm_influencers (workspace_id, spelled_key, id) WHERE spelled_key <> '';
CREATE INDEX crm_influencer_profiles_by_bare_handle
    ON crm_influencer_profiles (workspace_id, bare_handle_key, influencer_id) WHERE bare_handle_key <> '';
CREATE INDEX crm_influencer_profiles_by_page ON crm_influencer_profiles (workspace_id, page_key, influencer_id) WHERE page_key <> '';

-- The seq up to which the keys are kept. In a workspace that is here already they are not; the next unit of work that writes an
-- influencer makes them. A program of an earlier version moves seq alone, and so they are made again after it, too.
ALTER TABLE crm_workspaces ADD COLUMN identity_seq INTEGER NOT NULL DEFAULT 0;
UPDATE crm_workspaces SET identity_seq = -1;

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('crm_influencers', 'crm_influencers_by_phone', '100000 1000 1 1'),
    ('crm_influencers', 'crm_influencers_by_email', '150000 1500 1 1'),
    ('crm_influencers', 'crm_influencers_by_words', '200000 2000 2 1'),
    ('crm_influencers', 'crm_influencers_by_spelling', '20000 200 2 1'),
    ('crm_influencer_profiles', 'crm_influencer_profiles_by_bare_handle', '400000 4000 2 1'),
    ('crm_influencer_profiles', 'crm_influencer_profiles_by_page', '400000 4000 2 1');
ANALYZE sqlite_schema;

-- +goose Down
ALTER TABLE crm_workspaces DROP COLUMN identity_seq;
DROP INDEX crm_influencer_profiles_by_page;
DROP INDEX crm_influencer_profiles_by_bare_handle;
DROP INDEX crm_influencers_by_spelling;
DROP INDEX crm_influencers_by_words;
DROP INDEX crm_influencers_by_email;
DROP INDEX crm_influencers_by_phone;
ALTER TABLE crm_influencer_profiles DROP COLUMN page_key;
ALTER TABLE crm_influencer_profiles DROP COLUMN bare_handle_key;
ALTER TABLE crm_influencers DROP COLUMN spelled_key;
ALTER TABLE crm_influencers DROP COLUMN words_key;
ALTER TABLE crm_influencers DROP COLUMN email_key;
