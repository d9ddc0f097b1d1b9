-- +goose Up

-- The center itself, and who leads it. Times are Unix milliseconds, 0 = none.
CREATE TABLE center (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	demo       BOOLEAN NOT NULL,
	zone       TEXT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE TABLE lease (
	id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	owner      TEXT NOT NULL,
	epoch      BIGINT NOT NULL,
	expires_at BIGINT NOT NULL, -- moves while the owner lives; 0 = given up
	head       BIGINT NOT NULL, -- the last n of entries
	batch      BIGINT NOT NULL  -- commits so far: tells whether one whose answer was lost took place
);

-- The log: ids, kinds, numbers and times; never text, names or addresses.
CREATE TABLE entries (
	n               BIGINT NOT NULL PRIMARY KEY,
	at              BIGINT NOT NULL,
	kind            TEXT NOT NULL,
	conversation_id TEXT NOT NULL, -- '' = none, as for the next four
	interaction_id  TEXT NOT NULL,
	message_id      TEXT NOT NULL,
	agent_id        TEXT NOT NULL,
	subject_id      TEXT NOT NULL, -- a customer, case, note, queue ...
	data            TEXT NOT NULL  -- JSON
);
CREATE INDEX entries_interaction ON entries (interaction_id, n) WHERE interaction_id <> '';

-- People, groups, skills.
CREATE TABLE groups (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	preset     TEXT NOT NULL CHECK (preset IN ('workspace', 'console')),
	is_default BOOLEAN NOT NULL,
	rev        BIGINT NOT NULL
);
CREATE UNIQUE INDEX groups_name ON groups (name);
CREATE TABLE agents (
	id            TEXT NOT NULL PRIMARY KEY,
	group_id      TEXT NOT NULL REFERENCES groups (id) DEFERRABLE INITIALLY DEFERRED,
	login         TEXT NOT NULL, -- lower case
	display_name  TEXT NOT NULL,
	email         TEXT NOT NULL,
	role          TEXT NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
	enabled       BOOLEAN NOT NULL,
	capacity      INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 20),
	language      TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	demo          BOOLEAN NOT NULL, -- signs in only over loopback
	created_at    BIGINT NOT NULL,
	rev           BIGINT NOT NULL
);
CREATE UNIQUE INDEX agents_login ON agents (login);
CREATE INDEX agents_name ON agents (display_name, id);
CREATE TABLE skills (
	id   TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	rev  BIGINT NOT NULL
);
CREATE UNIQUE INDEX skills_name ON skills (name);
CREATE TABLE agent_skills (
	agent_id TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	skill_id TEXT NOT NULL REFERENCES skills (id) DEFERRABLE INITIALLY DEFERRED,
	level    INTEGER NOT NULL CHECK (level BETWEEN 10 AND 100 AND level % 10 = 0),
	PRIMARY KEY (agent_id, skill_id)
);
CREATE TABLE status_codes (
	id         TEXT NOT NULL PRIMARY KEY,
	applies    TEXT NOT NULL CHECK (applies IN ('on_break', 'work_offline', 'logged_out', 'reject')),
	name       TEXT NOT NULL,
	name_fr    TEXT NOT NULL,
	short      TEXT NOT NULL,
	active     BOOLEAN NOT NULL,
	sort_order INTEGER NOT NULL,
	rev        BIGINT NOT NULL
);

-- Queues. Durations are milliseconds.
CREATE TABLE queues (
	id              TEXT NOT NULL PRIMARY KEY,
	name            TEXT NOT NULL,
	description     TEXT NOT NULL,
	enabled         BOOLEAN NOT NULL,
	priority        INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 10),
	language        TEXT NOT NULL,
	policy          TEXT NOT NULL CHECK (policy IN ('skill_then_load_then_idle', 'skill_then_idle')),
	accept_ms       BIGINT NOT NULL CHECK (accept_ms BETWEEN 5000 AND 600000),
	wrapup_ms       BIGINT NOT NULL CHECK (wrapup_ms >= 0),
	max_wait_ms     BIGINT NOT NULL CHECK (max_wait_ms >= 0),
	max_size        INTEGER NOT NULL CHECK (max_size >= 0),
	on_max_wait     TEXT NOT NULL,
	on_full         TEXT NOT NULL,
	no_agents       TEXT NOT NULL,
	on_close        TEXT NOT NULL,
	overflow_id     TEXT NOT NULL, -- '' = none
	sla_percent     INTEGER NOT NULL,
	sla_ms          BIGINT NOT NULL,
	reply_target_ms BIGINT NOT NULL,
	wait_text       TEXT NOT NULL,
	wait_text_fr    TEXT NOT NULL,
	removed         BOOLEAN NOT NULL,
	last_offer_at   BIGINT NOT NULL,
	last_offer_seq  BIGINT NOT NULL,
	rev             BIGINT NOT NULL
);
CREATE UNIQUE INDEX queues_name ON queues (name) WHERE NOT removed;
CREATE TABLE queue_skills (
	queue_id TEXT NOT NULL REFERENCES queues (id) DEFERRABLE INITIALLY DEFERRED,
	skill_id TEXT NOT NULL REFERENCES skills (id) DEFERRABLE INITIALLY DEFERRED,
	level    INTEGER NOT NULL CHECK (level BETWEEN 10 AND 100 AND level % 10 = 0),
	PRIMARY KEY (queue_id, skill_id)
);
CREATE TABLE memberships (
	agent_id TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	queue_id TEXT NOT NULL REFERENCES queues (id) DEFERRABLE INITIALLY DEFERRED,
	level    INTEGER NOT NULL CHECK (level BETWEEN 10 AND 100 AND level % 10 = 0),
	assigned BOOLEAN NOT NULL,
	enabled  BOOLEAN NOT NULL,
	PRIMARY KEY (agent_id, queue_id)
);
CREATE INDEX memberships_queue ON memberships (queue_id);

-- Settings: the scopes that set a value (CFG-01). value is JSON.
CREATE TABLE settings (
	scope    TEXT NOT NULL CHECK (scope IN ('agent', 'group', 'queue', 'entry_point', 'tenant')),
	scope_id TEXT NOT NULL, -- '' for tenant
	key      TEXT NOT NULL,
	value    TEXT NOT NULL,
	PRIMARY KEY (scope, scope_id, key)
);

-- What routing was last told, so that a start finds it again: JSON of
-- routing.AgentConfig, QueueConfig and Settings.
CREATE TABLE routing_config (
	kind   TEXT NOT NULL CHECK (kind IN ('agent', 'queue', 'settings')),
	id     TEXT NOT NULL,
	config TEXT NOT NULL,
	PRIMARY KEY (kind, id)
);
CREATE TABLE routing_counters (
	id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	config  BIGINT NOT NULL, -- version of the configuration
	number  BIGINT NOT NULL, -- the last interaction number given
	offers  BIGINT NOT NULL  -- made so far by queues: orders last_offer_seq
);

-- The presence tuple.
CREATE TABLE presence (
	agent_id        TEXT NOT NULL PRIMARY KEY REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	ever_logged_in  BOOLEAN NOT NULL,
	base            TEXT NOT NULL CHECK (base IN ('available', 'on_break', 'work_offline', 'logged_out')),
	sub             TEXT NOT NULL CHECK (sub IN ('none', 'stopnew')),
	next            TEXT NOT NULL,
	next_by_miss    BOOLEAN NOT NULL,
	conn            TEXT NOT NULL CHECK (conn IN ('up', 'grace', 'down')),
	since           BIGINT NOT NULL,
	reason          TEXT NOT NULL,
	code            TEXT NOT NULL,
	by_id           TEXT NOT NULL,
	idle_since      BIGINT NOT NULL,
	return_at       BIGINT NOT NULL,
	grace_until     BIGINT NOT NULL,
	offer_until     BIGINT NOT NULL
);

-- Sign-in.
CREATE TABLE sessions (
	token_hash  TEXT NOT NULL PRIMARY KEY, -- SHA-256 of a 256-bit random token
	id          TEXT NOT NULL,
	agent_id    TEXT NOT NULL REFERENCES agents (id) DEFERRABLE INITIALLY DEFERRED,
	created_at  BIGINT NOT NULL,
	seen_at     BIGINT NOT NULL,
	expires_at  BIGINT NOT NULL,
	ended_at    BIGINT NOT NULL,
	end_why     TEXT NOT NULL, -- signed_out, taken_over, revoked, disabled, expired
	ip          TEXT NOT NULL,
	user_agent  TEXT NOT NULL
);
CREATE UNIQUE INDEX sessions_id ON sessions (id);
CREATE INDEX sessions_agent ON sessions (agent_id) WHERE ended_at = 0;
CREATE TABLE api_keys (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	key_hash   TEXT NOT NULL,
	scopes     TEXT NOT NULL, -- JSON array of permissions
	created_by TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	used_at    BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX api_keys_hash ON api_keys (key_hash);
CREATE TABLE setup_tokens (
	token_hash TEXT NOT NULL PRIMARY KEY,
	created_at BIGINT NOT NULL,
	used_at    BIGINT NOT NULL
);

-- Who changed what, before and after (CFG-04); append only, chained by hash.
CREATE TABLE audit (
	id         BIGINT NOT NULL PRIMARY KEY,
	at         BIGINT NOT NULL,
	actor      TEXT NOT NULL, -- an agent or API key id
	ip         TEXT NOT NULL,
	request_id TEXT NOT NULL,
	action     TEXT NOT NULL,
	subject    TEXT NOT NULL,
	before     TEXT NOT NULL, -- JSON, '' = none
	after      TEXT NOT NULL,
	hash       TEXT NOT NULL  -- SHA-256 of the row and the hash before it
);

-- Our ends of the channels.
CREATE TABLE entry_points (
	id              TEXT NOT NULL PRIMARY KEY,
	channel         TEXT NOT NULL,
	name            TEXT NOT NULL,
	enabled         BOOLEAN NOT NULL,
	queue_id        TEXT NOT NULL REFERENCES queues (id) DEFERRABLE INITIALLY DEFERRED,
	allowed_origins TEXT NOT NULL, -- JSON array; [] = only our own pages
	script          TEXT NOT NULL, -- JSON of parley.Script
	rev             BIGINT NOT NULL
);

-- Customers and their addresses.
CREATE TABLE customers (
	id             TEXT NOT NULL PRIMARY KEY,
	account_number TEXT COLLATE "C" NOT NULL,
	first_name     TEXT NOT NULL,
	last_name      TEXT NOT NULL,
	folded         TEXT COLLATE "C" NOT NULL, -- first and last name, folded for search and order
	folded_last    TEXT COLLATE "C" NOT NULL, -- last and first name
	draft          BOOLEAN NOT NULL,
	created_by     TEXT NOT NULL,
	created_at     BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	rev            BIGINT NOT NULL
);
CREATE UNIQUE INDEX customers_account ON customers (account_number);
CREATE INDEX customers_name ON customers (folded, id);
CREATE INDEX customers_last ON customers (folded_last, id);
CREATE INDEX customers_created ON customers (created_at, id);
CREATE TABLE customer_emails (
	email       TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- lower case
	customer_id TEXT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
	sort_order  INTEGER NOT NULL
);
CREATE INDEX customer_emails_customer ON customer_emails (customer_id);
CREATE TABLE customer_phones (
	customer_id TEXT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
	digits      TEXT COLLATE "C" NOT NULL, -- E.164 without +, or what digits there are
	shown       TEXT NOT NULL,
	sort_order  INTEGER NOT NULL,
	PRIMARY KEY (customer_id, digits)
);
CREATE INDEX customer_phones_digits ON customer_phones (digits);

-- Conversations, messages, interactions.
CREATE TABLE conversations (
	id             TEXT NOT NULL PRIMARY KEY,
	entry_point_id TEXT NOT NULL REFERENCES entry_points (id) DEFERRABLE INITIALLY DEFERRED,
	channel        TEXT NOT NULL,
	customer_id    TEXT NOT NULL, -- '' until linked
	token_hash     TEXT NOT NULL, -- the visitor's
	token_until    BIGINT NOT NULL,
	last_seq       BIGINT NOT NULL,
	delivered_seq  BIGINT NOT NULL, -- by the customer's client
	read_seq       BIGINT NOT NULL, -- by the customer
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
	created_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX conversations_token ON conversations (token_hash);
CREATE UNIQUE INDEX conversations_client ON conversations (client_id, entry_point_id);
CREATE INDEX conversations_customer ON conversations (customer_id, created_at) WHERE customer_id <> '';
CREATE INDEX conversations_email ON conversations (email, created_at) WHERE email <> '';

CREATE TABLE messages (
	id              TEXT NOT NULL PRIMARY KEY,
	conversation_id TEXT NOT NULL REFERENCES conversations (id) DEFERRABLE INITIALLY DEFERRED,
	seq             BIGINT NOT NULL,
	interaction_id  TEXT NOT NULL,
	sender          TEXT NOT NULL CHECK (sender IN ('customer', 'agent', 'system')),
	agent_id        TEXT NOT NULL, -- '' unless an agent
	client_id       TEXT NOT NULL,
	text            TEXT NOT NULL,
	hash            TEXT NOT NULL, -- SHA-256 of the text; stays when the text is erased
	at              BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_seq ON messages (conversation_id, seq);
CREATE UNIQUE INDEX messages_client ON messages (client_id, conversation_id);

CREATE TABLE interactions (
	id              TEXT NOT NULL PRIMARY KEY,
	number          BIGINT NOT NULL,
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
	web             BOOLEAN NOT NULL,
	addressed       BOOLEAN NOT NULL,
	queue_grace_ms  BIGINT NOT NULL,
	customer_grace_ms BIGINT NOT NULL,
	prefer_id       TEXT NOT NULL,
	prefer_until    BIGINT NOT NULL,
	attempts        INTEGER NOT NULL,
	round           INTEGER NOT NULL,
	away            BOOLEAN NOT NULL,
	away_until      BIGINT NOT NULL,
	created_at      BIGINT NOT NULL,
	entry_at        BIGINT NOT NULL,
	queue_until     BIGINT NOT NULL,
	accepted_at     BIGINT NOT NULL,
	ended_at        BIGINT NOT NULL,
	ended_by        TEXT NOT NULL,
	end_why         TEXT NOT NULL,
	wrapup_from     BIGINT NOT NULL,
	wrapup_until    BIGINT NOT NULL,
	code_required   BOOLEAN NOT NULL,
	complete        BOOLEAN NOT NULL,
	overdue         BOOLEAN NOT NULL,
	await_ack       BOOLEAN NOT NULL,
	unviewed        BOOLEAN NOT NULL,
	code_missing    BOOLEAN NOT NULL, -- closed over a required code
	closed_at       BIGINT NOT NULL,
	first_seq       BIGINT NOT NULL, -- of its messages, 0 = none
	last_seq        BIGINT NOT NULL,
	case_id         TEXT NOT NULL,   -- its chat log, '' = none
	transcript_hash TEXT NOT NULL,   -- of its messages, when closed
	matched         TEXT NOT NULL DEFAULT '', -- JSON: the customers its last offer found, '' before
	rev             BIGINT NOT NULL
);
CREATE UNIQUE INDEX interactions_number ON interactions (number);
CREATE UNIQUE INDEX one_open ON interactions (conversation_id)
	WHERE state IN ('created', 'queued', 'offered', 'active', 'parked') AND NOT addressed;
CREATE INDEX interactions_conversation ON interactions (conversation_id, number);
CREATE INDEX interactions_live ON interactions (number)
	WHERE state IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup') OR unviewed;
CREATE INDEX interactions_created ON interactions (created_at, id);
CREATE INDEX interactions_agent ON interactions (agent_id, created_at, id) WHERE agent_id <> '';
CREATE INDEX interactions_queue ON interactions (queue_id, created_at, id);
CREATE INDEX interactions_state ON interactions (state, created_at, id) -- a row enters it once, at its end
	WHERE state IN ('logged', 'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');
CREATE INDEX interactions_held ON interactions (agent_id, number)
	WHERE agent_id <> '' AND (state IN ('active', 'wrapup') OR unviewed);

CREATE TABLE offers (
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	attempt        INTEGER NOT NULL,
	agent_id       TEXT NOT NULL,
	queue_id       TEXT NOT NULL,
	round          INTEGER NOT NULL,
	state          TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected', 'timed_out', 'withdrawn', 'abandoned')),
	made_at        BIGINT NOT NULL,
	until          BIGINT NOT NULL,
	ended_at       BIGINT NOT NULL,
	why            TEXT NOT NULL, -- of a withdrawal
	receipt        TEXT NOT NULL, -- JSON of routing.Receipt
	PRIMARY KEY (interaction_id, attempt)
);
CREATE UNIQUE INDEX one_pending_offer ON offers (interaction_id) WHERE state = 'pending';
CREATE INDEX offers_agent ON offers (agent_id, made_at);
CREATE INDEX offers_made ON offers (made_at, interaction_id);
CREATE INDEX offers_ringing ON offers (agent_id) WHERE state = 'pending';
CREATE TABLE assignments (
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	agent_id       TEXT NOT NULL,
	started_at     BIGINT NOT NULL,
	ended_at       BIGINT NOT NULL, -- 0 while the agent owns it (active or in wrap-up)
	PRIMARY KEY (interaction_id, agent_id, started_at)
);
CREATE UNIQUE INDEX one_owner ON assignments (interaction_id) WHERE ended_at = 0;
CREATE TABLE agent_slots (
	agent_id       TEXT NOT NULL,
	slot           INTEGER NOT NULL CHECK (slot BETWEEN 1 AND 20),
	interaction_id TEXT NOT NULL,
	PRIMARY KEY (agent_id, slot)
);
CREATE UNIQUE INDEX agent_slots_interaction ON agent_slots (interaction_id);

-- What agents add.
CREATE TABLE notes (
	id             TEXT NOT NULL PRIMARY KEY,
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	agent_id       TEXT NOT NULL,
	client_id      TEXT NOT NULL,
	text           TEXT NOT NULL,
	at             BIGINT NOT NULL
);
CREATE UNIQUE INDEX notes_client ON notes (client_id, interaction_id);
CREATE INDEX notes_interaction ON notes (interaction_id, at);
CREATE TABLE drafts ( -- unsent text, per interaction and agent
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	agent_id       TEXT NOT NULL,
	text           TEXT NOT NULL,
	at             BIGINT NOT NULL,
	PRIMARY KEY (interaction_id, agent_id)
);
CREATE TABLE disposition_lists (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	name_fr    TEXT NOT NULL,
	required   BOOLEAN NOT NULL,
	multiple   BOOLEAN NOT NULL,
	queues     TEXT NOT NULL, -- JSON array of queue ids it applies to
	groups     TEXT NOT NULL, -- JSON array of group ids it applies to
	removed    BOOLEAN NOT NULL,
	rev        BIGINT NOT NULL
);
CREATE TABLE dispositions (
	id         TEXT NOT NULL PRIMARY KEY,
	list_id    TEXT NOT NULL REFERENCES disposition_lists (id) DEFERRABLE INITIALLY DEFERRED,
	name       TEXT NOT NULL,
	name_fr    TEXT NOT NULL,
	short      TEXT NOT NULL,
	report     TEXT NOT NULL,
	active     BOOLEAN NOT NULL,
	sort_order INTEGER NOT NULL
);
CREATE INDEX dispositions_list ON dispositions (list_id, sort_order);
CREATE TABLE interaction_dispositions (
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	disposition_id TEXT NOT NULL REFERENCES dispositions (id) DEFERRABLE INITIALLY DEFERRED,
	PRIMARY KEY (interaction_id, disposition_id)
);
CREATE TABLE faq_categories (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL,
	name_fr    TEXT NOT NULL,
	sort_order INTEGER NOT NULL,
	rev        BIGINT NOT NULL
);
CREATE TABLE faqs (
	id          TEXT NOT NULL PRIMARY KEY,
	category_id TEXT NOT NULL REFERENCES faq_categories (id) DEFERRABLE INITIALLY DEFERRED,
	language    TEXT NOT NULL,
	question    TEXT NOT NULL,
	answer      TEXT NOT NULL,
	active      BOOLEAN NOT NULL,
	uses        BIGINT NOT NULL,
	rev         BIGINT NOT NULL
);
CREATE INDEX faqs_category ON faqs (category_id, question);

-- Cases; a chat log is a case (CRM-08).
CREATE TABLE cases (
	id             TEXT NOT NULL PRIMARY KEY,
	number         BIGINT NOT NULL,
	customer_id    TEXT NOT NULL, -- '' = unlinked
	interaction_id TEXT NOT NULL, -- '' = not from an interaction
	status         TEXT NOT NULL CHECK (status IN ('open', 'closed')),
	draft          BOOLEAN NOT NULL,
	subject        TEXT NOT NULL,
	notes          TEXT NOT NULL,
	channel        TEXT NOT NULL,
	queue_id       TEXT NOT NULL,
	agent_id       TEXT NOT NULL, -- who made it
	created_at     BIGINT NOT NULL,
	updated_at     BIGINT NOT NULL,
	rev            BIGINT NOT NULL
);
CREATE UNIQUE INDEX cases_number ON cases (number);
CREATE UNIQUE INDEX one_case ON cases (interaction_id) WHERE interaction_id <> '';
CREATE INDEX cases_customer ON cases (customer_id, number);
CREATE INDEX cases_open ON cases (customer_id, number) WHERE status = 'open';
CREATE INDEX cases_open_number ON cases (number) WHERE status = 'open';
CREATE INDEX cases_closed_number ON cases (number) WHERE status = 'closed';
CREATE INDEX cases_drafts ON cases (agent_id, number) WHERE draft;
CREATE INDEX cases_all_drafts ON cases (number) WHERE draft;
CREATE INDEX cases_unlinked ON cases (number) WHERE customer_id = '';
CREATE INDEX cases_unlinked_status ON cases (status, number) WHERE customer_id = '';

-- Offline forms, skipped queues and abandoned chats.
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
	created_at      BIGINT NOT NULL,
	rev             BIGINT NOT NULL
);
CREATE UNIQUE INDEX missed_client ON missed (client_id) WHERE client_id <> '';
CREATE UNIQUE INDEX missed_interaction ON missed (interaction_id) WHERE interaction_id <> '';
CREATE INDEX missed_state ON missed (state, created_at, id);
CREATE TABLE missed_replies (
	id         TEXT NOT NULL PRIMARY KEY,
	missed_id  TEXT NOT NULL REFERENCES missed (id) DEFERRABLE INITIALLY DEFERRED,
	agent_id   TEXT NOT NULL,
	text       TEXT NOT NULL,
	state      TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'failed')),
	at         BIGINT NOT NULL
);
CREATE INDEX missed_replies_missed ON missed_replies (missed_id, at);

-- What must happen after a commit.
CREATE TABLE outbox (
	id         TEXT NOT NULL PRIMARY KEY,
	position   BIGINT NOT NULL, -- the order of coming
	kind       TEXT NOT NULL,
	subject_id TEXT NOT NULL, -- in order within one subject
	data       TEXT NOT NULL, -- JSON of ids
	state      TEXT NOT NULL CHECK (state IN ('ready', 'done', 'dead')),
	run_at     BIGINT NOT NULL,
	attempt    INTEGER NOT NULL,
	error      TEXT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX outbox_position ON outbox (position);
CREATE INDEX outbox_ready ON outbox (run_at, position) WHERE state = 'ready';
CREATE INDEX outbox_subject ON outbox (subject_id, kind, position) WHERE state = 'ready';

-- Nothing said in the log or the audit is ever unsaid.
-- +goose StatementBegin
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append only', TG_TABLE_NAME;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
	FOR EACH STATEMENT EXECUTE FUNCTION append_only();
