-- +goose Up

-- A case whole: who may see it, how bad, how urgent, whose it is, and the case it goes on with.
ALTER TABLE cases ADD COLUMN visibility TEXT NOT NULL DEFAULT 'everyone' CHECK (visibility IN ('everyone', 'group', 'owner'));
ALTER TABLE cases ADD COLUMN group_id TEXT NOT NULL DEFAULT ''; -- the group of its owner, '' = none
ALTER TABLE cases ADD COLUMN severity TEXT NOT NULL DEFAULT 'normal' CHECK (severity IN ('minor', 'normal', 'major', 'critical'));
ALTER TABLE cases ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent'));
ALTER TABLE cases ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN assignee_id TEXT NOT NULL DEFAULT ''; -- '' = nobody
ALTER TABLE cases ADD COLUMN follows_id TEXT NOT NULL DEFAULT ''; -- of a log: the case it was about
ALTER TABLE cases ADD COLUMN closed_at BIGINT NOT NULL DEFAULT 0; -- 0 = open, or closed before this was kept
CREATE INDEX cases_assignee ON cases (assignee_id, number) WHERE assignee_id <> '';
CREATE INDEX cases_follows ON cases (follows_id, number) WHERE follows_id <> '';

-- What is done about a case after it was opened: notes, mails to the customer, new contacts.
CREATE TABLE case_followups (
	id         TEXT NOT NULL PRIMARY KEY,
	case_id    TEXT NOT NULL REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED,
	kind       TEXT NOT NULL CHECK (kind IN ('note', 'email', 'contact')),
	at         BIGINT NOT NULL, -- the day it is about
	text       TEXT NOT NULL,
	log_id     TEXT NOT NULL, -- of a contact: the chat log, '' = none
	letter_id  TEXT NOT NULL, -- of an e-mail: the letter, '' = none
	agent_id   TEXT NOT NULL, -- '' = the system
	created_at BIGINT NOT NULL
);
CREATE INDEX case_followups_of ON case_followups (case_id, at, id);

-- What somebody has to do by a day.
CREATE TABLE tasks (
	id          TEXT NOT NULL PRIMARY KEY,
	kind        TEXT NOT NULL CHECK (kind IN ('call', 'email', 'meeting', 'chat', 'other')),
	subject     TEXT NOT NULL,
	notes       TEXT NOT NULL,
	case_id     TEXT NOT NULL, -- '' = of no case
	customer_id TEXT NOT NULL, -- '' = of no customer
	owner_id    TEXT NOT NULL,
	due_at      BIGINT NOT NULL,
	done_at     BIGINT NOT NULL, -- 0 = to do
	created_by  TEXT NOT NULL,
	created_at  BIGINT NOT NULL,
	updated_at  BIGINT NOT NULL,
	rev         BIGINT NOT NULL
);
CREATE INDEX tasks_mine ON tasks (owner_id, due_at, id) WHERE done_at = 0;
CREATE INDEX tasks_done ON tasks (owner_id, done_at, id) WHERE done_at > 0;
CREATE INDEX tasks_due ON tasks (due_at, id) WHERE done_at = 0;
CREATE INDEX tasks_all_done ON tasks (done_at, id) WHERE done_at > 0;
CREATE INDEX tasks_case ON tasks (case_id, due_at, id) WHERE case_id <> '';
CREATE INDEX tasks_customer ON tasks (customer_id, due_at, id) WHERE customer_id <> '';

-- Letters to customers. The text goes when the mail server has taken it.
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
	created_at     BIGINT NOT NULL,
	settled_at     BIGINT NOT NULL
);
CREATE INDEX letters_case ON letters (case_id, created_at) WHERE case_id <> '';
CREATE INDEX letters_customer ON letters (customer_id);
CREATE INDEX letters_interaction ON letters (interaction_id) WHERE interaction_id <> '';

-- Addresses somebody made sure of: only to these anything is mailed. It counts for
-- the customer it was checked for, and no longer when the address is somebody else's.
CREATE TABLE verified_emails (
	customer_id TEXT NOT NULL,
	email       TEXT NOT NULL, -- lower case
	agent_id    TEXT NOT NULL,
	at          BIGINT NOT NULL,
	PRIMARY KEY (customer_id, email)
);
