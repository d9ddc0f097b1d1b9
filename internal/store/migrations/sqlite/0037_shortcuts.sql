-- +goose Up

-- Which keys somebody chose for what they do.
CREATE TABLE shortcuts (
	agent_id TEXT PRIMARY KEY,
	letters  INTEGER NOT NULL, -- whether keys without Ctrl or Alt do anything
	keys     TEXT NOT NULL -- JSON object: what is done -> its key
) STRICT;
