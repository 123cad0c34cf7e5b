-- +goose Up
-- Without statistics SQLite takes a workspace for ten rows and reads all of it where an index would
-- find one. These are a large shop's; ANALYZE replaces them by what is there. Each line gives the
-- rows of an index and how many of them share its first column, its first two, and so on.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('crm_workspaces', 'sqlite_autoindex_crm_workspaces_1', '100 1'),
    ('crm_workspaces', 'crm_workspaces_by_name', '100 2 1'),
    ('crm_changes', 'sqlite_autoindex_crm_changes_1', '5000000 50000 1'),
    ('crm_changes', 'crm_changes_by_record', '5000000 50000 10000 5 1'),
    ('crm_changes', 'crm_changes_by_unit', '5000000 50000 10 1'),
    ('crm_members', 'sqlite_autoindex_crm_members_1', '2000 20 1'),
    ('crm_members', 'crm_members_by_name', '2000 20 1 1'),
    ('crm_influencers', 'sqlite_autoindex_crm_influencers_1', '200000 2000 1'),
    ('crm_influencers', 'crm_influencers_by_name', '200000 2000 2 1'),
    ('crm_influencers', 'crm_influencers_of_category', '200000 2000 100 1'),
    ('crm_influencers', 'crm_influencers_of_category_by_name', '200000 2000 100 1 1'),
    ('crm_influencers', 'crm_influencers_of_responsible', '200000 2000 200 1'),
    ('crm_influencers', 'crm_influencers_of_responsible_by_name', '200000 2000 200 1 1'),
    ('crm_influencers', 'crm_influencers_archived', '2000 20 1'),
    ('crm_influencers', 'crm_influencers_archived_by_name', '2000 20 1 1'),
    ('crm_influencer_profiles', 'crm_influencer_profiles', '400000 4000 2 1'),
    ('crm_influencer_profiles', 'crm_influencer_profiles_by_id', '400000 4000 1'),
    ('crm_influencer_profiles', 'crm_influencer_profiles_by_handle', '400000 4000 1000 1'),
    ('crm_influencer_profiles', 'crm_influencer_profiles_by_link', '400000 4000 10'),
    ('crm_influencer_tags', 'crm_influencer_tags', '400000 4000 50 1'),
    ('crm_influencer_tags', 'crm_influencer_tags_by_influencer', '400000 4000 2'),
    ('crm_campaigns', 'sqlite_autoindex_crm_campaigns_1', '10000 100 1'),
    ('crm_campaigns', 'crm_campaigns_by_name', '10000 100 1'),
    ('crm_campaigns', 'crm_campaigns_by_start', '10000 100 2 1'),
    ('crm_cooperations', 'sqlite_autoindex_crm_cooperations_1', '1000000 10000 1'),
    ('crm_cooperations', 'crm_cooperations_by_name', '1000000 10000 2 1'),
    ('crm_cooperations', 'crm_cooperations_by_start', '1000000 10000 20 1'),
    ('crm_cooperations', 'crm_cooperations_of_campaign', '1000000 10000 100 1'),
    ('crm_cooperations', 'crm_cooperations_of_campaign_by_name', '1000000 10000 100 1 1'),
    ('crm_cooperations', 'crm_cooperations_of_campaign_by_start', '1000000 10000 100 2 1'),
    ('crm_cooperations', 'crm_cooperations_of_influencer', '1000000 10000 5 1'),
    ('crm_cooperations', 'crm_cooperations_of_status_by_start', '1000000 10000 3000 2 1'),
    ('crm_cooperations', 'crm_cooperations_of_responsible_by_start', '1000000 10000 3000 2 1'),
    ('crm_cooperations', 'crm_cooperations_archived', '10000 100 1'),
    ('crm_cooperations', 'crm_cooperations_archived_by_name', '10000 100 1 1'),
    ('crm_cooperations', 'crm_cooperations_archived_by_start', '10000 100 2 1'),
    ('crm_cooperations', 'crm_cooperations_by_import', '1000000 10000 1 1'),
    ('crm_claims', 'crm_claims', '2000000 20000 4000 2 1'),
    ('crm_claims', 'crm_claims_by_cooperation', '2000000 20000 2'),
    ('crm_import_runs', 'sqlite_autoindex_crm_import_runs_1', '2000 20 1');
ANALYZE sqlite_schema;

-- +goose Down
DELETE FROM sqlite_stat1 WHERE substr(tbl, 1, length('crm_')) = 'crm_';
