-- +goose Up

-- Who outside is told what happens here, and what became of each telling.
CREATE TABLE webhooks (
	id            TEXT    NOT NULL PRIMARY KEY,
	name          TEXT    NOT NULL,
	url           TEXT    NOT NULL,
	events        TEXT    NOT NULL, -- JSON: types
	enabled       INTEGER NOT NULL,
	off_why       TEXT    NOT NULL, -- failing: we gave up by ourselves
	sealed        TEXT    NOT NULL, -- secrets: current, old
	failing_since INTEGER NOT NULL, -- 0 = the last try went well
	verified_at   INTEGER NOT NULL,
	created_at    INTEGER NOT NULL,
	rev           INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_events (
	id              TEXT    NOT NULL PRIMARY KEY, -- evt_: what the receiver knows a repeat by
	webhook_id      TEXT    NOT NULL REFERENCES webhooks (id) DEFERRABLE INITIALLY DEFERRED,
	type            TEXT    NOT NULL,
	n               INTEGER NOT NULL, -- the log row it tells of, 0 = none
	conversation_id TEXT    NOT NULL,
	data            TEXT    NOT NULL, -- JSON, of one without a log row
	state           TEXT    NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'dropped')),
	attempt         INTEGER NOT NULL,
	status          INTEGER NOT NULL, -- of the last answer, 0 = none
	error           TEXT    NOT NULL,
	created_at      INTEGER NOT NULL,
	tried_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX webhook_events_of ON webhook_events (webhook_id, created_at, n, id);
CREATE INDEX webhook_events_old ON webhook_events (created_at) WHERE state <> 'waiting';
