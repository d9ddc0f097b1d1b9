-- +goose Up

-- What an interaction's script does: it waits for an answer, and says something
-- to who is in the line.
ALTER TABLE interactions ADD COLUMN scripted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN answer_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN message_every_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN messages_left INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN message_at INTEGER NOT NULL DEFAULT 0;

-- A script as it is being drawn, and the version in force: 0 = none yet.
CREATE TABLE scripts (
	id TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	draft TEXT NOT NULL,
	published INTEGER NOT NULL,
	rev INTEGER NOT NULL
) STRICT;

-- Every version that was ever published stays: a run that waits goes on in its own.
CREATE TABLE script_versions (
	script_id TEXT NOT NULL REFERENCES scripts (id),
	version INTEGER NOT NULL,
	flow TEXT NOT NULL,
	by_id TEXT NOT NULL,
	why TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (script_id, version)
) STRICT;

-- Where somebody stands in the script of their journey.
CREATE TABLE script_runs (
	journey_id TEXT NOT NULL PRIMARY KEY,
	script_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	object TEXT NOT NULL,
	data TEXT NOT NULL
) STRICT;

-- The script an entry point runs; '' = its own.
ALTER TABLE entry_points ADD COLUMN script_id TEXT NOT NULL DEFAULT '';
