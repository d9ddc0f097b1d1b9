-- +goose Up

-- Networks: an entry point's account there. Secrets are sealed with a key that is
-- not in this database.
ALTER TABLE entry_points ADD COLUMN provider TEXT NOT NULL DEFAULT 'webchat';
ALTER TABLE entry_points ADD COLUMN address TEXT NOT NULL DEFAULT ''; -- our end: a number, a page's id
ALTER TABLE entry_points ADD COLUMN settings TEXT NOT NULL DEFAULT '{}'; -- JSON object of texts
ALTER TABLE entry_points ADD COLUMN sealed TEXT NOT NULL DEFAULT ''; -- base64
ALTER TABLE entry_points ADD COLUMN paused TEXT NOT NULL DEFAULT ''; -- why nothing is sent, '' = it is
CREATE UNIQUE INDEX entry_points_address ON entry_points (provider, address) WHERE address <> '';

-- How an entry point's network is doing.
CREATE TABLE channel_health (
	entry_point_id TEXT NOT NULL PRIMARY KEY REFERENCES entry_points (id) DEFERRABLE INITIALLY DEFERRED,
	handshake_at   INTEGER NOT NULL, -- the webhook's address was verified
	signed_at      INTEGER NOT NULL, -- a request with a good signature
	unsigned_at    INTEGER NOT NULL, -- one with a bad one
	received_at    INTEGER NOT NULL,
	sent_at        INTEGER NOT NULL,
	receipt_at     INTEGER NOT NULL,
	token_until    INTEGER NOT NULL, -- 0 = it does not expire, or nobody knows
	warned_at      INTEGER NOT NULL, -- a mail about token_until was sent
	error_at       INTEGER NOT NULL,
	error_code     TEXT NOT NULL,
	error_detail   TEXT NOT NULL,
	received       INTEGER NOT NULL, -- counts, for ever
	sent           INTEGER NOT NULL,
	failed         INTEGER NOT NULL,
	odd            INTEGER NOT NULL -- signed requests we could not read whole
) STRICT;

-- Who writes: every address of a person at an entry point leads to one conversation.
ALTER TABLE conversations ADD COLUMN address TEXT NOT NULL DEFAULT ''; -- the one to answer to
ALTER TABLE conversations ADD COLUMN window_until INTEGER NOT NULL DEFAULT 0; -- 0 = no window
CREATE TABLE conversation_keys (
	entry_point_id  TEXT NOT NULL,
	kind            TEXT NOT NULL,
	value           TEXT NOT NULL,
	conversation_id TEXT NOT NULL REFERENCES conversations (id) DEFERRABLE INITIALLY DEFERRED,
	former          INTEGER NOT NULL, -- theirs before; still leads here
	PRIMARY KEY (entry_point_id, kind, value)
) STRICT;
CREATE INDEX conversation_keys_conversation ON conversation_keys (conversation_id);
CREATE TABLE customer_keys (
	kind        TEXT NOT NULL,
	scope       TEXT NOT NULL, -- our address where the key counts only there, '' = everywhere
	value       TEXT NOT NULL,
	customer_id TEXT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
	handle      TEXT NOT NULL,
	former      INTEGER NOT NULL,
	PRIMARY KEY (kind, scope, value)
) STRICT;
CREATE INDEX customer_keys_customer ON customer_keys (customer_id);

-- What came and what went, by the networks' ids, for ever.
CREATE TABLE external_ids (
	external_id    TEXT NOT NULL,
	entry_point_id TEXT NOT NULL,
	direction      TEXT NOT NULL CHECK (direction IN ('in', 'out')),
	message_id     TEXT NOT NULL, -- '' = it made no message
	part           INTEGER NOT NULL,
	state          TEXT NOT NULL, -- of a part that went out
	at             INTEGER NOT NULL,
	PRIMARY KEY (external_id, entry_point_id, direction)
) STRICT;
CREATE INDEX external_ids_message ON external_ids (message_id, part) WHERE message_id <> '';
CREATE TABLE early_statuses ( -- of messages whose send is not saved yet
	external_id    TEXT NOT NULL,
	entry_point_id TEXT NOT NULL,
	state          TEXT NOT NULL,
	code           TEXT NOT NULL,
	detail         TEXT NOT NULL,
	at             INTEGER NOT NULL,
	PRIMARY KEY (external_id, entry_point_id, state)
) STRICT;
CREATE INDEX early_statuses_at ON early_statuses (at);
CREATE TABLE raw_events ( -- requests as they came, until retention takes them
	id             TEXT NOT NULL PRIMARY KEY,
	entry_point_id TEXT NOT NULL,
	at             INTEGER NOT NULL,
	body           TEXT NOT NULL, -- base64 where it is no text
	odd            TEXT NOT NULL -- what we could not read, '' = nothing
) STRICT;
CREATE INDEX raw_events_at ON raw_events (at, id);
CREATE INDEX raw_events_odd ON raw_events (entry_point_id, at, id) WHERE odd <> '';

-- What a message carries, and how one to a customer stands.
ALTER TABLE messages ADD COLUMN content TEXT NOT NULL DEFAULT ''; -- JSON of parley.Content, '' = none
ALTER TABLE messages ADD COLUMN delivery TEXT NOT NULL DEFAULT ''; -- JSON of parley.Delivery, '' = nothing to deliver
CREATE TABLE attachments (
	id              TEXT NOT NULL PRIMARY KEY,
	message_id      TEXT NOT NULL, -- '' = uploaded, not yet sent
	conversation_id TEXT NOT NULL,
	uploader        TEXT NOT NULL, -- an agent or conversation id, '' = a network's customer
	kind            TEXT NOT NULL,
	name            TEXT NOT NULL,
	type            TEXT NOT NULL,
	size            INTEGER NOT NULL,
	width           INTEGER NOT NULL,
	height          INTEGER NOT NULL,
	state           TEXT NOT NULL CHECK (state IN ('fetching', 'ready', 'failed', 'refused')),
	why             TEXT NOT NULL,
	ref             TEXT NOT NULL, -- the network's id or URL
	sha256          TEXT NOT NULL,
	thumb           TEXT NOT NULL, -- SHA-256, '' = none
	created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX attachments_message ON attachments (message_id) WHERE message_id <> '';
CREATE INDEX attachments_loose ON attachments (created_at) WHERE message_id = '';
CREATE INDEX attachments_sha256 ON attachments (sha256) WHERE sha256 <> '';

-- Who is not written to, and who is not listened to.
CREATE TABLE opt_outs (
	entry_point_id TEXT NOT NULL,
	value          TEXT NOT NULL, -- the customer's address
	at             INTEGER NOT NULL,
	PRIMARY KEY (entry_point_id, value)
) STRICT;
CREATE TABLE blocks (
	id              TEXT NOT NULL PRIMARY KEY,
	entry_point_id  TEXT NOT NULL, -- '' = everywhere
	kind            TEXT NOT NULL,
	value           TEXT NOT NULL,
	reason          TEXT NOT NULL,
	spam            INTEGER NOT NULL,
	conversation_id TEXT NOT NULL, -- where it began
	by_id           TEXT NOT NULL,
	created_at      INTEGER NOT NULL,
	until           INTEGER NOT NULL, -- 0 = for ever
	ended_at        INTEGER NOT NULL, -- taken back
	dropped         INTEGER NOT NULL, -- messages it kept away
	rev             INTEGER NOT NULL
) STRICT;
CREATE INDEX blocks_value ON blocks (value, kind) WHERE ended_at = 0;
CREATE INDEX blocks_created ON blocks (created_at, id);

-- What SMS cost: where to, how many segments.
CREATE TABLE sms_countries (
	country TEXT NOT NULL PRIMARY KEY, -- ISO 3166-1 alpha-2
	receive INTEGER NOT NULL,
	send    INTEGER NOT NULL,
	price   INTEGER NOT NULL -- of a segment, in millionths of the center's currency
) STRICT;
CREATE TABLE sms_spend (
	message_id     TEXT NOT NULL PRIMARY KEY,
	entry_point_id TEXT NOT NULL,
	country        TEXT NOT NULL,
	segments       INTEGER NOT NULL,
	price          INTEGER NOT NULL, -- of one, as it was
	at             INTEGER NOT NULL
) STRICT;
CREATE INDEX sms_spend_at ON sms_spend (at, country);
