CREATE TABLE agent_skills (
	agent_id TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	skill_id TEXT NOT NULL REFERENCES skills (id) DEFERRABLE INITIALLY DEFERRED,
	level    INTEGER NOT NULL CHECK (level BETWEEN 10 AND 100 AND level % 10 = 0),
	PRIMARY KEY (agent_id, skill_id)
) STRICT;

CREATE TABLE agent_slots (
	agent_id       TEXT NOT NULL,
	slot           INTEGER NOT NULL CHECK (slot BETWEEN 1 AND 20),
	interaction_id TEXT NOT NULL,
	PRIMARY KEY (agent_id, slot)
) STRICT;

CREATE UNIQUE INDEX agent_slots_interaction ON agent_slots (interaction_id);
CREATE TABLE agents (
	id            TEXT NOT NULL PRIMARY KEY,
	group_id      TEXT NOT NULL REFERENCES groups (id) DEFERRABLE INITIALLY DEFERRED,
	login         TEXT NOT NULL, -- lower case
	display_name  TEXT NOT NULL,
	email         TEXT NOT NULL,
	role          TEXT NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
	enabled       INTEGER NOT NULL,
	capacity      INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 20),
	language      TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	demo          INTEGER NOT NULL, -- signs in only over loopback
	created_at    INTEGER NOT NULL,
	rev           INTEGER NOT NULL
, signature TEXT NOT NULL DEFAULT '') STRICT;

CREATE UNIQUE INDEX agents_login ON agents (login);
CREATE INDEX agents_name ON agents (display_name, id);
CREATE TABLE api_keys (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	key_hash   TEXT NOT NULL,
	scopes     TEXT NOT NULL, -- JSON array of permissions
	created_by TEXT NOT NULL,
	created_at INTEGER NOT NULL,
	used_at    INTEGER NOT NULL,
	revoked_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX api_keys_hash ON api_keys (key_hash);
CREATE TABLE assignments (
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	agent_id       TEXT NOT NULL,
	started_at     INTEGER NOT NULL,
	ended_at       INTEGER NOT NULL, -- 0 while the agent owns it (active or in wrap-up)
	PRIMARY KEY (interaction_id, agent_id, started_at)
) STRICT;

CREATE UNIQUE INDEX one_owner ON assignments (interaction_id) WHERE ended_at = 0;
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

CREATE INDEX attachments_loose ON attachments (created_at) WHERE message_id = '';
CREATE INDEX attachments_message ON attachments (message_id) WHERE message_id <> '';
CREATE INDEX attachments_sha256 ON attachments (sha256) WHERE sha256 <> '';
CREATE INDEX attachments_thumb ON attachments (thumb) WHERE thumb <> '';
CREATE INDEX attachments_uploader ON attachments (uploader, created_at) WHERE uploader <> '';
CREATE TABLE audit (
	id         INTEGER NOT NULL PRIMARY KEY,
	at         INTEGER NOT NULL,
	actor      TEXT NOT NULL, -- an agent or API key id
	ip         TEXT NOT NULL,
	request_id TEXT NOT NULL,
	action     TEXT NOT NULL,
	subject    TEXT NOT NULL,
	before     TEXT NOT NULL, -- JSON, '' = none
	after      TEXT NOT NULL,
	hash       TEXT NOT NULL  -- SHA-256 of the row and the hash before it
) STRICT;

CREATE INDEX audit_of ON audit (subject, id);
CREATE TABLE block_keys (
	block_id TEXT NOT NULL REFERENCES blocks (id),
	kind     TEXT NOT NULL,
	value    TEXT NOT NULL,
	PRIMARY KEY (block_id, kind, value)
) STRICT;

CREATE INDEX block_keys_value ON block_keys (value, kind);
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
, channel TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX blocks_channel ON blocks (channel, created_at, id);
CREATE INDEX blocks_created ON blocks ((created_at + 0), id);
CREATE INDEX blocks_standing ON blocks (created_at, id) WHERE ended_at = 0;
CREATE INDEX blocks_until ON blocks (until) WHERE ended_at = 0 AND until > 0;
CREATE TABLE canned_replies (
	id           TEXT   NOT NULL PRIMARY KEY,
	owner_id     TEXT   NOT NULL, -- an agent, a group, '' = everybody
	name         TEXT   NOT NULL,
	shortcut     TEXT   NOT NULL, -- '' = none
	text_en      TEXT   NOT NULL,
	text_fr      TEXT   NOT NULL,
	dispositions TEXT   NOT NULL, -- JSON: ids
	note         TEXT   NOT NULL,
	uses         INTEGER NOT NULL,
	rev          INTEGER NOT NULL
) STRICT;

CREATE INDEX canned_replies_owner ON canned_replies (owner_id, name);
CREATE TABLE case_followups (
	id         TEXT NOT NULL PRIMARY KEY,
	case_id    TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
	kind       TEXT NOT NULL CHECK (kind IN ('note', 'email', 'contact')),
	at         INTEGER NOT NULL, -- the day it is about
	text       TEXT NOT NULL,
	log_id     TEXT NOT NULL, -- of a contact: the chat log, '' = none
	letter_id  TEXT NOT NULL, -- of an e-mail: the letter, '' = none
	agent_id   TEXT NOT NULL, -- '' = the system
	created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX case_followups_of ON case_followups (case_id, at, id);
CREATE VIRTUAL TABLE case_grams USING fts5 (body, content = 'case_texts', content_rowid = 'n',
	tokenize = 'trigram case_sensitive 1', detail = 'none', columnsize = 0);

CREATE TABLE 'case_grams_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'case_grams_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'case_grams_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE case_texts (
	n    INTEGER NOT NULL PRIMARY KEY,
	body TEXT NOT NULL -- search.Record.Body
) STRICT;

CREATE TABLE cases (
	id             TEXT NOT NULL PRIMARY KEY,
	number         INTEGER NOT NULL,
	customer_id    TEXT NOT NULL, -- '' = unlinked
	interaction_id TEXT NOT NULL, -- '' = not from an interaction
	status         TEXT NOT NULL CHECK (status IN ('open', 'closed')),
	draft          INTEGER NOT NULL,
	subject        TEXT NOT NULL,
	notes          TEXT NOT NULL,
	channel        TEXT NOT NULL,
	queue_id       TEXT NOT NULL,
	agent_id       TEXT NOT NULL, -- who made it
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL,
	rev            INTEGER NOT NULL
, visibility TEXT NOT NULL DEFAULT 'everyone' CHECK (visibility IN ('everyone', 'group', 'owner')), group_id TEXT NOT NULL DEFAULT '', severity TEXT NOT NULL DEFAULT 'normal' CHECK (severity IN ('minor', 'normal', 'major', 'critical')), priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')), description TEXT NOT NULL DEFAULT '', assignee_id TEXT NOT NULL DEFAULT '', follows_id TEXT NOT NULL DEFAULT '', closed_at INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX cases_all_drafts ON cases (number) WHERE draft;
CREATE INDEX cases_assignee ON cases (assignee_id, number) WHERE assignee_id <> '';
CREATE INDEX cases_channel ON cases (channel, (number + 0));
CREATE INDEX cases_channel_closed ON cases (channel, (number + 0)) WHERE status = 'closed';
CREATE INDEX cases_channel_open ON cases (channel, (number + 0)) WHERE status = 'open';
CREATE INDEX cases_channel_unlinked ON cases (channel, (number + 0)) WHERE customer_id = '';
CREATE INDEX cases_closed_number ON cases (number) WHERE status = 'closed';
CREATE INDEX cases_customer ON cases (customer_id, number);
CREATE INDEX cases_drafts ON cases (agent_id, number) WHERE draft;
CREATE INDEX cases_follows ON cases (follows_id, number) WHERE follows_id <> '';
CREATE UNIQUE INDEX cases_number ON cases (number);
CREATE INDEX cases_open ON cases (customer_id, number) WHERE status = 'open';
CREATE INDEX cases_open_linked ON cases (number) WHERE status = 'open' AND customer_id <> '';
CREATE INDEX cases_open_number ON cases (number) WHERE status = 'open';
CREATE INDEX cases_unlinked ON cases (number) WHERE customer_id = '';
CREATE INDEX cases_unlinked_closed ON cases (number) WHERE customer_id = '' AND status = 'closed';
CREATE INDEX cases_unlinked_open ON cases (number) WHERE customer_id = '' AND status = 'open';
CREATE UNIQUE INDEX one_case ON cases (interaction_id) WHERE interaction_id <> '';
CREATE TABLE center (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	demo       INTEGER NOT NULL,
	zone       TEXT NOT NULL,
	created_at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE chosen_columns (
	agent_id TEXT NOT NULL,
	list     TEXT NOT NULL, -- customers, cases or interactions
	columns  TEXT NOT NULL, -- JSON array
	PRIMARY KEY (agent_id, list)
) STRICT;

CREATE TABLE consent_texts (
	version TEXT NOT NULL PRIMARY KEY,
	text    TEXT NOT NULL
) STRICT;

CREATE TABLE consents (
	interaction_id  TEXT NOT NULL PRIMARY KEY REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	conversation_id TEXT NOT NULL REFERENCES conversations (id) DEFERRABLE INITIALLY DEFERRED,
	version         TEXT NOT NULL REFERENCES consent_texts (version) DEFERRABLE INITIALLY DEFERRED,
	at              INTEGER NOT NULL
) STRICT;

CREATE INDEX consents_conversation ON consents (conversation_id, at);
CREATE TABLE conversation_keys (
	entry_point_id  TEXT NOT NULL,
	kind            TEXT NOT NULL,
	value           TEXT NOT NULL,
	conversation_id TEXT NOT NULL REFERENCES conversations (id) DEFERRABLE INITIALLY DEFERRED,
	former          INTEGER NOT NULL, -- theirs before; still leads here
	PRIMARY KEY (entry_point_id, kind, value)
) STRICT;

CREATE INDEX conversation_keys_conversation ON conversation_keys (conversation_id);
CREATE TABLE conversations (
	id             TEXT NOT NULL PRIMARY KEY,
	entry_point_id TEXT NOT NULL REFERENCES entry_points (id) DEFERRABLE INITIALLY DEFERRED,
	channel        TEXT NOT NULL,
	customer_id    TEXT NOT NULL, -- '' until linked
	token_hash     TEXT NOT NULL, -- the visitor's
	token_until    INTEGER NOT NULL,
	last_seq       INTEGER NOT NULL,
	delivered_seq  INTEGER NOT NULL, -- by the customer's client
	read_seq       INTEGER NOT NULL, -- by the customer
	name           TEXT NOT NULL,
	email          TEXT NOT NULL,
	phone          TEXT NOT NULL,
	account_number TEXT NOT NULL,
	case_number    TEXT NOT NULL,
	question       TEXT NOT NULL,
	language       TEXT NOT NULL,
	zone_offset    INTEGER NOT NULL, -- minutes
	ip             TEXT NOT NULL,
	user_agent     TEXT NOT NULL,
	page           TEXT NOT NULL,
	client_id      TEXT NOT NULL,
	created_at     INTEGER NOT NULL
, address TEXT NOT NULL DEFAULT '', window_until INTEGER NOT NULL DEFAULT 0, handle TEXT NOT NULL DEFAULT '', variables TEXT NOT NULL DEFAULT '') STRICT;

CREATE UNIQUE INDEX conversations_client ON conversations (client_id, entry_point_id);
CREATE INDEX conversations_customer ON conversations (customer_id, created_at) WHERE customer_id <> '';
CREATE INDEX conversations_email ON conversations (email, created_at) WHERE email <> '';
CREATE UNIQUE INDEX conversations_token ON conversations (token_hash);
CREATE TABLE crm_connections (
	id         TEXT    NOT NULL PRIMARY KEY,
	kind       TEXT    NOT NULL,
	name       TEXT    NOT NULL,
	settings   TEXT    NOT NULL, -- JSON: fields that are not secret
	objects    TEXT    NOT NULL, -- JSON: what is searched, in order
	sealed     TEXT    NOT NULL, -- secrets
	paused     TEXT    NOT NULL, -- why: admin or the code of a refusal; '' = it works
	created_at INTEGER NOT NULL,
	removed_at INTEGER NOT NULL, -- 0 = it is there
	rev        INTEGER NOT NULL
) STRICT;

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
	attempt          INTEGER NOT NULL, -- tries so far
	tried_at         INTEGER NOT NULL,
	posted_at        INTEGER NOT NULL,
	created_at       INTEGER NOT NULL,
	rev              INTEGER NOT NULL
, owner_id TEXT NOT NULL DEFAULT '') STRICT;

CREATE UNIQUE INDEX crm_logs_of ON crm_logs (interaction_id, connection_id);
CREATE INDEX crm_logs_state ON crm_logs (connection_id, state, created_at, id);
CREATE TABLE crm_matches (
	interaction_id TEXT    NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	connection_id  TEXT    NOT NULL REFERENCES crm_connections (id) DEFERRABLE INITIALLY DEFERRED,
	state          TEXT    NOT NULL CHECK (state IN ('searching', 'found', 'unavailable')),
	records        TEXT    NOT NULL, -- JSON: the records found, the best first
	chosen_object  TEXT    NOT NULL, -- '' = the first
	chosen_id      TEXT    NOT NULL,
	chosen_by      TEXT    NOT NULL, -- an agent; '' = nobody chose
	rev            INTEGER NOT NULL,
	PRIMARY KEY (interaction_id, connection_id)
) STRICT;

CREATE TABLE customer_emails (
	email       TEXT NOT NULL PRIMARY KEY, -- lower case
	customer_id TEXT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
	sort_order  INTEGER NOT NULL
) STRICT;

CREATE INDEX customer_emails_customer ON customer_emails (customer_id);
CREATE VIRTUAL TABLE customer_grams USING fts5 (body, content = 'customer_texts', content_rowid = 'n',
	tokenize = 'trigram case_sensitive 1', detail = 'none', columnsize = 0);

CREATE TABLE 'customer_grams_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'customer_grams_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'customer_grams_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

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
CREATE TABLE customer_phones (
	customer_id TEXT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
	digits      TEXT NOT NULL, -- E.164 without +, or what digits there are
	shown       TEXT NOT NULL,
	sort_order  INTEGER NOT NULL,
	PRIMARY KEY (customer_id, digits)
) STRICT;

CREATE INDEX customer_phones_digits ON customer_phones (digits, customer_id);
CREATE TABLE customer_texts (
	n           INTEGER NOT NULL PRIMARY KEY,
	customer_id TEXT NOT NULL,
	body        TEXT NOT NULL -- search.Record.Body
) STRICT;

CREATE UNIQUE INDEX customer_texts_customer ON customer_texts (customer_id);
CREATE TABLE customers (
	id             TEXT NOT NULL PRIMARY KEY,
	account_number TEXT NOT NULL,
	first_name     TEXT NOT NULL,
	last_name      TEXT NOT NULL,
	folded         TEXT NOT NULL, -- first and last name, folded for search and order
	folded_last    TEXT NOT NULL, -- last and first name
	draft          INTEGER NOT NULL,
	created_by     TEXT NOT NULL,
	created_at     INTEGER NOT NULL,
	updated_at     INTEGER NOT NULL,
	rev            INTEGER NOT NULL
, language TEXT NOT NULL DEFAULT '', zone TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '', home TEXT NOT NULL DEFAULT '', other TEXT NOT NULL DEFAULT '') STRICT;

CREATE UNIQUE INDEX customers_account ON customers (account_number);
CREATE INDEX customers_created ON customers (created_at, id);
CREATE INDEX customers_last ON customers (folded_last, id);
CREATE INDEX customers_name ON customers (folded, id);
CREATE TABLE disposition_lists (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	name_fr    TEXT NOT NULL,
	required   INTEGER NOT NULL,
	multiple   INTEGER NOT NULL,
	queues     TEXT NOT NULL, -- JSON array of queue ids it applies to
	groups     TEXT NOT NULL, -- JSON array of group ids it applies to
	removed    INTEGER NOT NULL,
	rev        INTEGER NOT NULL
) STRICT;

CREATE TABLE dispositions (
	id         TEXT NOT NULL PRIMARY KEY,
	list_id    TEXT NOT NULL REFERENCES disposition_lists (id) DEFERRABLE INITIALLY DEFERRED,
	name       TEXT NOT NULL,
	name_fr    TEXT NOT NULL,
	short      TEXT NOT NULL,
	report     TEXT NOT NULL,
	active     INTEGER NOT NULL,
	sort_order INTEGER NOT NULL
) STRICT;

CREATE INDEX dispositions_list ON dispositions (list_id, sort_order);
CREATE TABLE drafts ( -- unsent text, per interaction and agent
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	agent_id       TEXT NOT NULL,
	text           TEXT NOT NULL,
	at             INTEGER NOT NULL,
	PRIMARY KEY (interaction_id, agent_id)
) STRICT;

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
CREATE TABLE entries (
	n               INTEGER NOT NULL PRIMARY KEY,
	at              INTEGER NOT NULL,
	kind            TEXT NOT NULL,
	conversation_id TEXT NOT NULL, -- '' = none, as for the next four
	interaction_id  TEXT NOT NULL,
	message_id      TEXT NOT NULL,
	agent_id        TEXT NOT NULL,
	subject_id      TEXT NOT NULL, -- a customer, case, note, queue ...
	data            TEXT NOT NULL  -- JSON
) STRICT;

CREATE INDEX entries_offers ON entries (interaction_id, n) WHERE kind = 'offer_made';
CREATE TABLE entry_points (
	id              TEXT NOT NULL PRIMARY KEY,
	channel         TEXT NOT NULL,
	name            TEXT NOT NULL,
	enabled         INTEGER NOT NULL,
	queue_id        TEXT NOT NULL REFERENCES queues (id) DEFERRABLE INITIALLY DEFERRED,
	allowed_origins TEXT NOT NULL, -- JSON array; [] = only our own pages
	script          TEXT NOT NULL, -- JSON of parley.Script
	rev             INTEGER NOT NULL
, provider TEXT NOT NULL DEFAULT 'webchat', address TEXT NOT NULL DEFAULT '', settings TEXT NOT NULL DEFAULT '{}', sealed TEXT NOT NULL DEFAULT '', paused TEXT NOT NULL DEFAULT '', script_id TEXT NOT NULL DEFAULT '') STRICT;

CREATE UNIQUE INDEX entry_points_address ON entry_points (provider, address) WHERE address <> '';
CREATE TABLE erasures ( -- who was erased, what it took, and what stays
	id          TEXT    NOT NULL PRIMARY KEY,
	customer_id TEXT    NOT NULL,
	by_id       TEXT    NOT NULL, -- '' = the time was over
	at          INTEGER NOT NULL,
	done_at     INTEGER NOT NULL, -- 0 = under way
	receipt     TEXT    NOT NULL  -- JSON: counts and reasons
) STRICT;

CREATE INDEX erasures_customer ON erasures (customer_id);
CREATE INDEX erasures_open ON erasures (at) WHERE done_at = 0;
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
CREATE TABLE faq_categories (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	name_fr    TEXT NOT NULL,
	sort_order INTEGER NOT NULL,
	rev        INTEGER NOT NULL
) STRICT;

CREATE TABLE faq_images (
	sha256 TEXT   NOT NULL PRIMARY KEY,
	type   TEXT   NOT NULL,
	size   INTEGER NOT NULL,
	width  INTEGER NOT NULL,
	height INTEGER NOT NULL,
	by_id  TEXT   NOT NULL,
	at     INTEGER NOT NULL
) STRICT;

CREATE TABLE faq_versions (
	faq_id  TEXT   NOT NULL REFERENCES faqs (id) DEFERRABLE INITIALLY DEFERRED,
	version INTEGER NOT NULL,
	texts   TEXT   NOT NULL, -- JSON
	by_id   TEXT   NOT NULL, -- '' = the system
	at      INTEGER NOT NULL,
	PRIMARY KEY (faq_id, version)
) STRICT;

CREATE TABLE faqs (
	id          TEXT    NOT NULL PRIMARY KEY,
	category_id TEXT    NOT NULL REFERENCES faq_categories (id) DEFERRABLE INITIALLY DEFERRED,
	active      INTEGER NOT NULL,
	draft       TEXT    NOT NULL, -- JSON: a text per language
	texts       TEXT    NOT NULL, -- JSON: as published, [] = never
	published   INTEGER NOT NULL, -- the version in force, 0 = none
	uses        INTEGER NOT NULL,
	rev         INTEGER NOT NULL
) STRICT;

CREATE INDEX faqs_category ON faqs (category_id);
CREATE TABLE field_values (
	record_id TEXT NOT NULL, -- a customer or a case
	field_id  TEXT NOT NULL REFERENCES fields (id) DEFERRABLE INITIALLY DEFERRED,
	value     TEXT NOT NULL,
	PRIMARY KEY (record_id, field_id)
) STRICT;

CREATE INDEX field_values_value ON field_values (field_id, value, record_id);
CREATE TABLE fields ( -- of customers and cases, besides the built-in ones
	id          TEXT    NOT NULL PRIMARY KEY,
	object      TEXT    NOT NULL CHECK (object IN ('customer', 'case')),
	name        TEXT    NOT NULL,
	label       TEXT    NOT NULL,
	label_fr    TEXT    NOT NULL,
	type        TEXT    NOT NULL CHECK (type IN ('text', 'url', 'number', 'date', 'pick_list')),
	value       TEXT    NOT NULL, -- of a new record
	length      INTEGER NOT NULL, -- at most; of text, url and number
	options     TEXT    NOT NULL, -- JSON array, of a pick list
	predefined  INTEGER NOT NULL, -- may change, not go
	active      INTEGER NOT NULL,
	sort_order  INTEGER NOT NULL,
	rev         INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX fields_name ON fields (object, name);
CREATE TABLE groups (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	preset     TEXT NOT NULL CHECK (preset IN ('workspace', 'console')),
	is_default INTEGER NOT NULL,
	rev        INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX groups_name ON groups (name);
CREATE TABLE identities (
	issuer     TEXT NOT NULL,
	subject    TEXT NOT NULL, -- the provider's own id; never given to somebody else
	agent_id   TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	name       TEXT NOT NULL, -- by which they were found when they first came
	created_at INTEGER NOT NULL,
	PRIMARY KEY (issuer, subject)
) STRICT;

CREATE INDEX identities_agent ON identities (agent_id);
CREATE TABLE import_rows (
	import_id   TEXT NOT NULL,
	line        INTEGER NOT NULL,
	customer_id TEXT NOT NULL,
	PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE indexed (
	kind TEXT NOT NULL PRIMARY KEY,
	last TEXT NOT NULL,
	done INTEGER NOT NULL
) STRICT;

CREATE TABLE interaction_dispositions (
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	disposition_id TEXT NOT NULL REFERENCES dispositions (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (interaction_id, disposition_id)
) STRICT;

CREATE TABLE interactions (
	id              TEXT NOT NULL PRIMARY KEY,
	number          INTEGER NOT NULL,
	conversation_id TEXT NOT NULL REFERENCES conversations (id) DEFERRABLE INITIALLY DEFERRED,
	journey_id      TEXT NOT NULL,
	origin_id       TEXT NOT NULL,
	from_agent_id   TEXT NOT NULL,
	to_agent_id     TEXT NOT NULL,
	pending_id      TEXT NOT NULL, -- the addressed one it is being transferred as
	queue_id        TEXT NOT NULL,
	agent_id        TEXT NOT NULL,
	state           TEXT NOT NULL CHECK (state IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup', 'logged',
		'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled')),
	priority        INTEGER NOT NULL,
	required        TEXT NOT NULL, -- JSON of []routing.Requirement
	web             INTEGER NOT NULL,
	addressed       INTEGER NOT NULL,
	queue_grace_ms  INTEGER NOT NULL,
	customer_grace_ms INTEGER NOT NULL,
	prefer_id       TEXT NOT NULL,
	prefer_until    INTEGER NOT NULL,
	attempts        INTEGER NOT NULL,
	round           INTEGER NOT NULL,
	away            INTEGER NOT NULL,
	away_until      INTEGER NOT NULL,
	created_at      INTEGER NOT NULL,
	entry_at        INTEGER NOT NULL,
	queue_until     INTEGER NOT NULL,
	accepted_at     INTEGER NOT NULL,
	ended_at        INTEGER NOT NULL,
	ended_by        TEXT NOT NULL,
	end_why         TEXT NOT NULL,
	wrapup_from     INTEGER NOT NULL,
	wrapup_until    INTEGER NOT NULL,
	code_required   INTEGER NOT NULL,
	complete        INTEGER NOT NULL,
	overdue         INTEGER NOT NULL,
	await_ack       INTEGER NOT NULL,
	unviewed        INTEGER NOT NULL,
	code_missing    INTEGER NOT NULL, -- closed over a required code
	closed_at       INTEGER NOT NULL,
	first_seq       INTEGER NOT NULL, -- of its messages, 0 = none
	last_seq        INTEGER NOT NULL,
	case_id         TEXT NOT NULL,   -- its chat log, '' = none
	transcript_hash TEXT NOT NULL,   -- of its messages, when closed
	matched         TEXT NOT NULL DEFAULT '', -- JSON: the customers its last offer found, '' before
	rev             INTEGER NOT NULL
, scripted INTEGER NOT NULL DEFAULT 0, answer_until INTEGER NOT NULL DEFAULT 0, message_every_ms INTEGER NOT NULL DEFAULT 0, messages_left INTEGER NOT NULL DEFAULT 0, message_at INTEGER NOT NULL DEFAULT 0, park_until INTEGER NOT NULL DEFAULT 0, park_open INTEGER NOT NULL DEFAULT 0, park_prefer_ms INTEGER NOT NULL DEFAULT 0, inactive_warn_ms INTEGER NOT NULL DEFAULT 0, inactive_close_ms INTEGER NOT NULL DEFAULT 0, last_word_at INTEGER NOT NULL DEFAULT 0, inactive_warned INTEGER NOT NULL DEFAULT 0, window_until INTEGER NOT NULL DEFAULT 0, window_warn_ms INTEGER NOT NULL DEFAULT 0, window_warned INTEGER NOT NULL DEFAULT 0, channel TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX interactions_agent ON interactions (agent_id, created_at, number) WHERE agent_id <> '';
CREATE INDEX interactions_agent_queue ON interactions ((agent_id || queue_id), created_at, number) WHERE agent_id <> '';
CREATE INDEX interactions_channel ON interactions (channel, created_at, number)
	WHERE closed_at > 0;
CREATE INDEX interactions_channel_agent ON interactions ((channel || agent_id), created_at, number)
	WHERE agent_id <> '' AND closed_at > 0;
CREATE INDEX interactions_channel_agent_queue ON interactions ((channel || agent_id || queue_id), created_at, number)
	WHERE agent_id <> '' AND closed_at > 0;
CREATE INDEX interactions_channel_queue ON interactions ((channel || queue_id), created_at, number)
	WHERE closed_at > 0;
CREATE INDEX interactions_channel_queue_unserved ON interactions ((channel || queue_id || state), created_at, number)
	WHERE closed_at > 0 AND state <> 'logged';
CREATE INDEX interactions_channel_unserved ON interactions ((channel || state), created_at, number)
	WHERE closed_at > 0 AND state <> 'logged';
CREATE INDEX interactions_conversation ON interactions (conversation_id, number);
CREATE INDEX interactions_created ON interactions ((created_at + 0), number);
CREATE INDEX interactions_held ON interactions (agent_id, number)
	WHERE agent_id <> '' AND (state IN ('active', 'parked', 'wrapup') OR unviewed);
CREATE INDEX interactions_live ON interactions (number)
	WHERE closed_at = 0 OR unviewed;
CREATE UNIQUE INDEX interactions_number ON interactions (number);
CREATE INDEX interactions_queue ON interactions (queue_id, created_at, number);
CREATE INDEX interactions_state ON interactions (state, created_at, number) -- a row enters it once, at its end
	WHERE closed_at > 0;
CREATE INDEX interactions_unserved ON interactions ((queue_id || state), created_at, number) -- few ever enter it
	WHERE closed_at > 0 AND state <> 'logged';
CREATE INDEX interactions_unserved_agent ON interactions (agent_id, created_at, number) -- hardly any
	WHERE agent_id <> '' AND closed_at > 0 AND state <> 'logged';
CREATE UNIQUE INDEX one_open ON interactions (conversation_id)
	WHERE ended_at = 0 AND closed_at = 0 AND NOT addressed;
CREATE TABLE lease (
	id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	owner      TEXT NOT NULL,
	epoch      INTEGER NOT NULL,
	expires_at INTEGER NOT NULL, -- moves while the owner lives; 0 = given up
	head       INTEGER NOT NULL, -- the last n of entries
	batch      INTEGER NOT NULL  -- commits so far: tells whether one whose answer was lost took place
) STRICT;

CREATE TABLE letters (
	id             TEXT NOT NULL PRIMARY KEY,
	kind           TEXT NOT NULL CHECK (kind IN ('transcript', 'case', 'follow_up')),
	case_id        TEXT NOT NULL, -- '' = of no case
	interaction_id TEXT NOT NULL, -- '' = of none
	customer_id    TEXT NOT NULL,
	email          TEXT NOT NULL,
	subject        TEXT NOT NULL,
	text           TEXT NOT NULL,
	state          TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
	agent_id       TEXT NOT NULL, -- '' = the customer asked
	created_at     INTEGER NOT NULL,
	settled_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX letters_case ON letters (case_id, created_at) WHERE case_id <> '';
CREATE INDEX letters_customer ON letters (customer_id);
CREATE INDEX letters_interaction ON letters (interaction_id) WHERE interaction_id <> '';
CREATE TABLE memberships (
	agent_id TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	queue_id TEXT NOT NULL REFERENCES queues (id) DEFERRABLE INITIALLY DEFERRED,
	level    INTEGER NOT NULL CHECK (level BETWEEN 10 AND 100 AND level % 10 = 0),
	assigned INTEGER NOT NULL,
	enabled  INTEGER NOT NULL,
	PRIMARY KEY (agent_id, queue_id)
) STRICT;

CREATE INDEX memberships_queue ON memberships (queue_id);
CREATE TABLE merges (
	id          TEXT    NOT NULL PRIMARY KEY,
	survivor_id TEXT    NOT NULL,
	gone_id     TEXT    NOT NULL,
	rev         INTEGER NOT NULL, -- the survivor's afterwards
	kept        TEXT    NOT NULL, -- JSON: the survivor's rows before, '' = erased
	moved       TEXT    NOT NULL, -- JSON: ids by table
	by_id       TEXT    NOT NULL,
	at          INTEGER NOT NULL,
	undone_by   TEXT    NOT NULL,
	undone_at   INTEGER NOT NULL  -- 0 = stands
) STRICT;

CREATE INDEX merges_gone ON merges (gone_id, at);
CREATE INDEX merges_survivor ON merges (survivor_id, at);
CREATE TABLE messages (
	id              TEXT NOT NULL PRIMARY KEY,
	conversation_id TEXT NOT NULL REFERENCES conversations (id) DEFERRABLE INITIALLY DEFERRED,
	seq             INTEGER NOT NULL,
	interaction_id  TEXT NOT NULL,
	sender          TEXT NOT NULL CHECK (sender IN ('customer', 'agent', 'system')),
	agent_id        TEXT NOT NULL, -- '' unless an agent
	client_id       TEXT NOT NULL,
	text            TEXT NOT NULL,
	hash            TEXT NOT NULL, -- SHA-256 of the text; stays when the text is erased
	at              INTEGER NOT NULL
, content TEXT NOT NULL DEFAULT '', delivery TEXT NOT NULL DEFAULT '') STRICT;

CREATE UNIQUE INDEX messages_client ON messages (conversation_id, client_id);
CREATE UNIQUE INDEX messages_seq ON messages (conversation_id, seq);
CREATE TABLE missed (
	id              TEXT NOT NULL PRIMARY KEY,
	kind            TEXT NOT NULL CHECK (kind IN ('offline_form', 'skipped', 'abandoned', 'queue_timeout')),
	conversation_id TEXT NOT NULL,
	interaction_id  TEXT NOT NULL,
	entry_point_id  TEXT NOT NULL,
	queue_id        TEXT NOT NULL,
	client_id       TEXT NOT NULL,
	name            TEXT NOT NULL,
	email           TEXT NOT NULL,
	text            TEXT NOT NULL,
	state           TEXT NOT NULL CHECK (state IN ('new', 'taken', 'replied', 'done')),
	owner_id        TEXT NOT NULL,
	created_at      INTEGER NOT NULL,
	rev             INTEGER NOT NULL
, consent TEXT NOT NULL DEFAULT '', consent_at INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX missed_client ON missed (client_id) WHERE client_id <> '';
CREATE INDEX missed_created ON missed ((created_at + 0), id);
CREATE UNIQUE INDEX missed_interaction ON missed (interaction_id) WHERE interaction_id <> '';
CREATE INDEX missed_kind ON missed (kind, created_at, id);
CREATE INDEX missed_state ON missed (state, created_at, id);
CREATE INDEX missed_state_kind ON missed ((state || kind), created_at, id);
CREATE TABLE missed_replies (
	id         TEXT NOT NULL PRIMARY KEY,
	missed_id  TEXT NOT NULL REFERENCES missed (id) DEFERRABLE INITIALLY DEFERRED,
	agent_id   TEXT NOT NULL,
	text       TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
	at         INTEGER NOT NULL
) STRICT;

CREATE INDEX missed_replies_missed ON missed_replies (missed_id, at);
CREATE TABLE notes (
	id             TEXT NOT NULL PRIMARY KEY,
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	agent_id       TEXT NOT NULL,
	client_id      TEXT NOT NULL,
	text           TEXT NOT NULL,
	at             INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX notes_client ON notes (client_id, interaction_id);
CREATE INDEX notes_interaction ON notes (interaction_id, at);
CREATE TABLE offers (
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	attempt        INTEGER NOT NULL,
	agent_id       TEXT NOT NULL,
	queue_id       TEXT NOT NULL,
	round          INTEGER NOT NULL,
	state          TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected', 'timed_out', 'withdrawn', 'abandoned')),
	made_at        INTEGER NOT NULL,
	until          INTEGER NOT NULL,
	ended_at       INTEGER NOT NULL,
	why            TEXT NOT NULL, -- of a withdrawal
	PRIMARY KEY (interaction_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE INDEX offers_agent ON offers (agent_id, made_at, interaction_id);
CREATE INDEX offers_agent_queue ON offers ((agent_id || queue_id), made_at, interaction_id);
CREATE INDEX offers_made ON offers ((made_at + 0), interaction_id);
CREATE INDEX offers_queue ON offers (queue_id, made_at, interaction_id);
CREATE INDEX offers_ringing ON offers (agent_id) WHERE state = 'pending';
CREATE UNIQUE INDEX one_pending_offer ON offers (interaction_id) WHERE state = 'pending';
CREATE TABLE opt_outs (
	entry_point_id TEXT NOT NULL,
	value          TEXT NOT NULL, -- the customer's address
	at             INTEGER NOT NULL,
	PRIMARY KEY (entry_point_id, value)
) STRICT;

CREATE TABLE outbox (
	id         TEXT NOT NULL PRIMARY KEY,
	position   INTEGER NOT NULL, -- the order of coming
	kind       TEXT NOT NULL,
	subject_id TEXT NOT NULL, -- in order within one subject
	data       TEXT NOT NULL, -- JSON of ids
	state      TEXT NOT NULL CHECK (state IN ('ready', 'done', 'dead')),
	run_at     INTEGER NOT NULL,
	attempt    INTEGER NOT NULL,
	error      TEXT NOT NULL,
	created_at INTEGER NOT NULL
, behind INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE UNIQUE INDEX outbox_position ON outbox (position);
CREATE INDEX outbox_ready ON outbox (kind, run_at, position) WHERE state = 'ready' AND NOT behind;
CREATE INDEX outbox_subject ON outbox (subject_id, kind, position) WHERE state = 'ready';
CREATE TABLE presence (
	agent_id        TEXT NOT NULL PRIMARY KEY REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	ever_logged_in  INTEGER NOT NULL,
	base            TEXT NOT NULL CHECK (base IN ('available', 'on_break', 'work_offline', 'logged_out')),
	sub             TEXT NOT NULL CHECK (sub IN ('none', 'stopnew')),
	next            TEXT NOT NULL,
	next_by_miss    INTEGER NOT NULL,
	conn            TEXT NOT NULL CHECK (conn IN ('up', 'grace', 'down')),
	since           INTEGER NOT NULL,
	reason          TEXT NOT NULL,
	code            TEXT NOT NULL,
	by_id           TEXT NOT NULL,
	idle_since      INTEGER NOT NULL,
	return_at       INTEGER NOT NULL,
	grace_until     INTEGER NOT NULL,
	offer_until     INTEGER NOT NULL
) STRICT;

CREATE TABLE queue_skills (
	queue_id TEXT NOT NULL REFERENCES queues (id) DEFERRABLE INITIALLY DEFERRED,
	skill_id TEXT NOT NULL REFERENCES skills (id) DEFERRABLE INITIALLY DEFERRED,
	level    INTEGER NOT NULL CHECK (level BETWEEN 10 AND 100 AND level % 10 = 0),
	PRIMARY KEY (queue_id, skill_id)
) STRICT;

CREATE TABLE queues (
	id              TEXT NOT NULL PRIMARY KEY,
	name            TEXT NOT NULL,
	description     TEXT NOT NULL,
	enabled         INTEGER NOT NULL,
	priority        INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 10),
	language        TEXT NOT NULL,
	policy          TEXT NOT NULL CHECK (policy IN ('skill_then_load_then_idle', 'skill_then_idle')),
	accept_ms       INTEGER NOT NULL CHECK (accept_ms BETWEEN 5000 AND 600000),
	wrapup_ms       INTEGER NOT NULL CHECK (wrapup_ms >= 0),
	max_wait_ms     INTEGER NOT NULL CHECK (max_wait_ms >= 0),
	max_size        INTEGER NOT NULL CHECK (max_size >= 0),
	on_max_wait     TEXT NOT NULL,
	on_full         TEXT NOT NULL,
	no_agents       TEXT NOT NULL,
	on_close        TEXT NOT NULL,
	overflow_id     TEXT NOT NULL, -- '' = none
	sla_percent     INTEGER NOT NULL,
	sla_ms          INTEGER NOT NULL,
	reply_target_ms INTEGER NOT NULL,
	wait_text       TEXT NOT NULL,
	wait_text_fr    TEXT NOT NULL,
	removed         INTEGER NOT NULL,
	last_offer_at   INTEGER NOT NULL,
	last_offer_seq  INTEGER NOT NULL,
	rev             INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX queues_name ON queues (name) WHERE NOT removed;
CREATE TABLE raw_events ( -- requests as they came, until retention takes them
	id             TEXT NOT NULL PRIMARY KEY,
	entry_point_id TEXT NOT NULL,
	at             INTEGER NOT NULL,
	body           TEXT NOT NULL, -- base64 where it is no text
	odd            TEXT NOT NULL -- what we could not read, '' = nothing
) STRICT;

CREATE INDEX raw_events_at ON raw_events (at, id);
CREATE INDEX raw_events_odd ON raw_events (entry_point_id, at, id) WHERE odd <> '';
CREATE TABLE record_changes ( -- what a person changed of a customer or a case
	record_id TEXT    NOT NULL,
	rev       INTEGER NOT NULL, -- the one that came of it
	field     TEXT    NOT NULL, -- a name, or the id of a field
	before    TEXT    NOT NULL,
	after     TEXT    NOT NULL,
	by_id     TEXT    NOT NULL, -- an agent or API key, '' = the system
	at        INTEGER NOT NULL,
	PRIMARY KEY (record_id, rev, field)
) STRICT;

CREATE TABLE retired_customers ( -- no longer among the customers
	id         TEXT    NOT NULL PRIMARY KEY,
	why        TEXT    NOT NULL CHECK (why IN ('deleted', 'merged', 'erased')),
	survivor   TEXT    NOT NULL, -- whom a merged one became
	first_name TEXT    NOT NULL,
	last_name  TEXT    NOT NULL,
	kept       TEXT    NOT NULL, -- JSON: its rows as they were, '' = erased
	by_id      TEXT    NOT NULL,
	at         INTEGER NOT NULL,
	until      INTEGER NOT NULL  -- when a deleted one is erased, 0 = never
) STRICT;

CREATE INDEX retired_customers_at ON retired_customers (why, at, id);
CREATE INDEX retired_customers_survivor ON retired_customers (survivor) WHERE survivor <> '';
CREATE INDEX retired_customers_until ON retired_customers (until) WHERE until > 0;
CREATE TABLE router_states (
	n     INTEGER NOT NULL PRIMARY KEY,
	state TEXT NOT NULL
) STRICT;

CREATE TABLE routing_config (
	kind   TEXT NOT NULL CHECK (kind IN ('agent', 'queue', 'settings')),
	id     TEXT NOT NULL,
	config TEXT NOT NULL,
	PRIMARY KEY (kind, id)
) STRICT;

CREATE TABLE routing_counters (
	id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	config  INTEGER NOT NULL, -- version of the configuration
	number  INTEGER NOT NULL, -- the last interaction number given
	offers  INTEGER NOT NULL  -- made so far by queues: orders last_offer_seq
) STRICT;

CREATE TABLE saved_lists (
	id         TEXT NOT NULL PRIMARY KEY,
	list       TEXT NOT NULL, -- customers, cases or interactions
	name       TEXT NOT NULL,
	query      TEXT NOT NULL, -- JSON: what it is narrowed by and ordered by
	columns    TEXT NOT NULL, -- JSON array; [] = the usual ones
	agent_id   TEXT NOT NULL, -- whose it is
	shared     INTEGER NOT NULL,
	created_at INTEGER NOT NULL,
	rev        INTEGER NOT NULL
) STRICT;

CREATE INDEX saved_lists_agent ON saved_lists (agent_id, list);
CREATE INDEX saved_lists_shared ON saved_lists (list) WHERE shared;
CREATE TABLE script_runs (
	journey_id TEXT NOT NULL PRIMARY KEY,
	script_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	object TEXT NOT NULL,
	data TEXT NOT NULL
) STRICT;

CREATE TABLE script_versions (
	script_id TEXT NOT NULL REFERENCES scripts (id),
	version INTEGER NOT NULL,
	flow TEXT NOT NULL,
	by_id TEXT NOT NULL,
	why TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (script_id, version)
) STRICT;

CREATE TABLE scripts (
	id TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL,
	draft TEXT NOT NULL,
	published INTEGER NOT NULL,
	rev INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
	token_hash  TEXT NOT NULL PRIMARY KEY, -- SHA-256 of a 256-bit random token
	id          TEXT NOT NULL,
	agent_id    TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	created_at  INTEGER NOT NULL,
	seen_at     INTEGER NOT NULL,
	expires_at  INTEGER NOT NULL,
	ended_at    INTEGER NOT NULL,
	end_why     TEXT NOT NULL, -- signed_out, taken_over, revoked, disabled, expired
	ip          TEXT NOT NULL,
	user_agent  TEXT NOT NULL
, surface TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX sessions_agent ON sessions (agent_id) WHERE ended_at = 0;
CREATE UNIQUE INDEX sessions_id ON sessions (id);
CREATE TABLE settings (
	scope    TEXT NOT NULL CHECK (scope IN ('agent', 'group', 'queue', 'entry_point', 'tenant')),
	scope_id TEXT NOT NULL, -- '' for tenant
	key      TEXT NOT NULL,
	value    TEXT NOT NULL,
	PRIMARY KEY (scope, scope_id, key)
) STRICT;

CREATE TABLE setup_tokens (
	token_hash TEXT NOT NULL PRIMARY KEY,
	created_at INTEGER NOT NULL,
	used_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE shortcuts (
	agent_id TEXT PRIMARY KEY,
	letters  INTEGER NOT NULL, -- whether keys without Ctrl or Alt do anything
	keys     TEXT NOT NULL -- JSON object: what is done -> its key
) STRICT;

CREATE TABLE skills (
	id   TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	rev  INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX skills_name ON skills (name);
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
CREATE TABLE spellings (
	variant TEXT NOT NULL,
	word    TEXT NOT NULL,
	PRIMARY KEY (variant, word)
) STRICT, WITHOUT ROWID;

CREATE TABLE spoken_texts (
	n              INTEGER NOT NULL PRIMARY KEY,
	interaction_id TEXT NOT NULL,
	body           TEXT NOT NULL -- search.Spoken, and whose it was
) STRICT;

CREATE UNIQUE INDEX spoken_texts_interaction ON spoken_texts (interaction_id);
CREATE VIRTUAL TABLE spoken_words USING fts5 (body, content = 'spoken_texts', content_rowid = 'n',
	tokenize = 'unicode61 remove_diacritics 2', detail = 'none', columnsize = 0, prefix = '3');

CREATE TABLE 'spoken_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'spoken_words_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'spoken_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE status_codes (
	id         TEXT NOT NULL PRIMARY KEY,
	applies    TEXT NOT NULL CHECK (applies IN ('on_break', 'work_offline', 'logged_out', 'reject')),
	name       TEXT NOT NULL,
	name_fr    TEXT NOT NULL,
	short      TEXT NOT NULL,
	active     INTEGER NOT NULL,
	sort_order INTEGER NOT NULL,
	rev        INTEGER NOT NULL
) STRICT;

CREATE TABLE support_center (
	id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	page TEXT   NOT NULL, -- JSON
	rev  INTEGER NOT NULL
) STRICT;

CREATE TABLE tasks (
	id          TEXT NOT NULL PRIMARY KEY,
	kind        TEXT NOT NULL CHECK (kind IN ('call', 'email', 'meeting', 'chat', 'other')),
	subject     TEXT NOT NULL,
	notes       TEXT NOT NULL,
	case_id     TEXT NOT NULL, -- '' = of no case
	customer_id TEXT NOT NULL, -- '' = of no customer
	owner_id    TEXT NOT NULL,
	due_at      INTEGER NOT NULL,
	done_at     INTEGER NOT NULL, -- 0 = to do
	created_by  TEXT NOT NULL,
	created_at  INTEGER NOT NULL,
	updated_at  INTEGER NOT NULL,
	rev         INTEGER NOT NULL
, removed_at INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX tasks_all_done ON tasks (done_at, id) WHERE done_at > 0;
CREATE INDEX tasks_case ON tasks (case_id, due_at, id) WHERE case_id <> '';
CREATE INDEX tasks_customer ON tasks (customer_id, due_at, id) WHERE customer_id <> '';
CREATE INDEX tasks_done ON tasks (owner_id, done_at, id) WHERE done_at > 0;
CREATE INDEX tasks_due ON tasks (due_at, id) WHERE done_at = 0;
CREATE INDEX tasks_mine ON tasks (owner_id, due_at, id) WHERE done_at = 0;
CREATE INDEX tasks_removed ON tasks (removed_at) WHERE removed_at > 0;
CREATE TABLE verified_emails (
	customer_id TEXT NOT NULL,
	email       TEXT NOT NULL, -- lower case
	agent_id    TEXT NOT NULL,
	at          INTEGER NOT NULL,
	PRIMARY KEY (customer_id, email)
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

CREATE TRIGGER audit_delete BEFORE DELETE ON audit
BEGIN
	SELECT RAISE(ABORT, 'audit is append only');
END;

CREATE TRIGGER audit_update BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'audit is append only');
END;

CREATE TRIGGER case_texts_delete AFTER DELETE ON case_texts
BEGIN
	INSERT INTO case_grams (case_grams, rowid, body) VALUES ('delete', old.n, old.body);
END;

CREATE TRIGGER case_texts_insert AFTER INSERT ON case_texts
BEGIN
	INSERT INTO case_grams (rowid, body) VALUES (new.n, new.body);
END;

CREATE TRIGGER case_texts_update AFTER UPDATE ON case_texts
BEGIN
	INSERT INTO case_grams (case_grams, rowid, body) VALUES ('delete', old.n, old.body);
	INSERT INTO case_grams (rowid, body) VALUES (new.n, new.body);
END;

CREATE TRIGGER customer_texts_delete AFTER DELETE ON customer_texts
BEGIN
	INSERT INTO customer_grams (customer_grams, rowid, body) VALUES ('delete', old.n, old.body);
END;

CREATE TRIGGER customer_texts_insert AFTER INSERT ON customer_texts
BEGIN
	INSERT INTO customer_grams (rowid, body) VALUES (new.n, new.body);
END;

CREATE TRIGGER customer_texts_update AFTER UPDATE ON customer_texts
BEGIN
	INSERT INTO customer_grams (customer_grams, rowid, body) VALUES ('delete', old.n, old.body);
	INSERT INTO customer_grams (rowid, body) VALUES (new.n, new.body);
END;

CREATE TRIGGER entries_delete BEFORE DELETE ON entries
BEGIN
	SELECT RAISE(ABORT, 'entries are append only');
END;

CREATE TRIGGER entries_update BEFORE UPDATE ON entries
BEGIN
	SELECT RAISE(ABORT, 'entries are append only');
END;

CREATE TRIGGER interactions_channel_insert AFTER INSERT ON interactions WHEN new.channel = ''
BEGIN
	UPDATE interactions
	SET channel = COALESCE((SELECT c.channel FROM conversations c WHERE c.id = new.conversation_id), '')
	WHERE id = new.id;
END;

CREATE TRIGGER spoken_texts_delete AFTER DELETE ON spoken_texts
BEGIN
	INSERT INTO spoken_words (spoken_words, rowid, body) VALUES ('delete', old.n, old.body);
END;

CREATE TRIGGER spoken_texts_insert AFTER INSERT ON spoken_texts
BEGIN
	INSERT INTO spoken_words (rowid, body) VALUES (new.n, new.body);
END;

CREATE TRIGGER spoken_texts_update AFTER UPDATE ON spoken_texts
BEGIN
	INSERT INTO spoken_words (spoken_words, rowid, body) VALUES ('delete', old.n, old.body);
	INSERT INTO spoken_words (rowid, body) VALUES (new.n, new.body);
END;

