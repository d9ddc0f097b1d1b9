-- +goose Up

-- Where a session was begun: '' in the app, 'panel' inside a CRM. One of the
-- panel opens nothing else.
ALTER TABLE sessions ADD COLUMN surface TEXT NOT NULL DEFAULT '';

-- Who people are at the organisation's identity provider.
CREATE TABLE identities (
	issuer     TEXT NOT NULL,
	subject    TEXT NOT NULL, -- the provider's own id; never given to somebody else
	agent_id   TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	name       TEXT NOT NULL, -- by which they were found when they first came
	created_at INTEGER NOT NULL,
	PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX identities_agent ON identities (agent_id);
