-- +goose Up

-- Outside CRMs. One that was removed stays as a row without settings: its logs
-- say where they went.
CREATE TABLE crm_connections (
	id         TEXT    NOT NULL PRIMARY KEY,
	kind       TEXT    NOT NULL,
	name       TEXT    NOT NULL,
	settings   TEXT    NOT NULL, -- JSON: fields that are not secret
	objects    TEXT    NOT NULL, -- JSON: what is searched, in order
	sealed     TEXT    NOT NULL, -- secrets
	paused     TEXT    NOT NULL, -- why: admin or the code of a refusal; '' = it works
	created_at BIGINT  NOT NULL,
	removed_at BIGINT  NOT NULL, -- 0 = it is there
	rev        BIGINT  NOT NULL
);

-- What an outside CRM knows of who writes, looked up when an interaction is offered.
CREATE TABLE crm_matches (
	interaction_id TEXT    NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	connection_id  TEXT    NOT NULL REFERENCES crm_connections (id) DEFERRABLE INITIALLY DEFERRED,
	state          TEXT    NOT NULL CHECK (state IN ('searching', 'found', 'unavailable')),
	records        TEXT    NOT NULL, -- JSON: the records found, the best first
	chosen_object  TEXT    NOT NULL, -- '' = the first
	chosen_id      TEXT    NOT NULL,
	chosen_by      TEXT    NOT NULL, -- an agent; '' = nobody chose
	rev            BIGINT  NOT NULL,
	PRIMARY KEY (interaction_id, connection_id)
);

-- Every served interaction as an outside CRM gets it. What it
-- says is made when it is sent.
CREATE TABLE crm_logs (
	id               TEXT    NOT NULL PRIMARY KEY, -- a UUID: what the CRM knows a repeat by
	connection_id    TEXT    NOT NULL REFERENCES crm_connections (id) DEFERRABLE INITIALLY DEFERRED,
	interaction_id   TEXT    NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	state            TEXT    NOT NULL CHECK (state IN ('pending', 'posted', 'failed')),
	regarding_object TEXT    NOT NULL, -- the record it was filed under; '' = none
	regarding_id     TEXT    NOT NULL,
	ref_object       TEXT    NOT NULL, -- the activity there; '' = it was never written
	ref_id           TEXT    NOT NULL,
	error            TEXT    NOT NULL, -- code of the last refusal, '' = none
	detail           TEXT    NOT NULL, -- the CRM's words, without what identifies a person
	attempt          BIGINT  NOT NULL, -- tries so far
	tried_at         BIGINT  NOT NULL,
	posted_at        BIGINT  NOT NULL,
	created_at       BIGINT  NOT NULL,
	rev              BIGINT  NOT NULL
);
CREATE UNIQUE INDEX crm_logs_of ON crm_logs (interaction_id, connection_id);
CREATE INDEX crm_logs_state ON crm_logs (connection_id, state, created_at, id);
