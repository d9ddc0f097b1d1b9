-- +goose Up

-- What rests: until when an interaction is parked, for how long it is then kept
-- for who parked it, and how long it may be silent while it is active.
ALTER TABLE interactions ADD COLUMN park_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN park_open BOOLEAN NOT NULL DEFAULT FALSE; -- until the next message
ALTER TABLE interactions ADD COLUMN park_prefer_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN inactive_warn_ms BIGINT NOT NULL DEFAULT 0; -- 0 = never
ALTER TABLE interactions ADD COLUMN inactive_close_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN last_word_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN inactive_warned BOOLEAN NOT NULL DEFAULT FALSE;

DROP INDEX interactions_held;
CREATE INDEX interactions_held ON interactions (agent_id, number)
	WHERE agent_id <> '' AND (state IN ('active', 'parked', 'wrapup') OR unviewed);

-- Who is kept away: all addresses of one sender, on one channel.
ALTER TABLE blocks ADD COLUMN channel TEXT NOT NULL DEFAULT ''; -- '' = on every one
CREATE TABLE block_keys (
	block_id TEXT NOT NULL REFERENCES blocks (id),
	kind     TEXT NOT NULL,
	value    TEXT NOT NULL,
	PRIMARY KEY (block_id, kind, value)
);
CREATE INDEX block_keys_value ON block_keys (value, kind);
INSERT INTO block_keys (block_id, kind, value)
SELECT id, kind, value
FROM blocks;
DROP INDEX blocks_value;
DROP INDEX blocks_created;
CREATE INDEX blocks_created ON blocks ((created_at + 0), id);
CREATE INDEX blocks_channel ON blocks (channel, created_at, id);
CREATE INDEX blocks_standing ON blocks (created_at, id) WHERE ended_at = 0;
CREATE INDEX blocks_until ON blocks (until) WHERE ended_at = 0 AND until > 0;
