-- +goose Up

-- An answer is one entry with a text per language; what is edited is a draft, and
-- what was published is kept.
DROP INDEX faqs_category;
ALTER TABLE faqs RENAME TO faqs_before;
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
INSERT INTO faqs (id, category_id, active, draft, texts, published, uses, rev)
SELECT id, category_id, active,
	json_array(json_object('language', language, 'question', question, 'rich', answer, 'plain', answer)),
	json_array(json_object('language', language, 'question', question, 'rich', answer, 'plain', answer)),
	1, uses, rev
FROM faqs_before;
DROP TABLE faqs_before;
CREATE INDEX faqs_category ON faqs (category_id);

CREATE TABLE faq_versions (
	faq_id  TEXT   NOT NULL REFERENCES faqs (id) DEFERRABLE INITIALLY DEFERRED,
	version INTEGER NOT NULL,
	texts   TEXT   NOT NULL, -- JSON
	by_id   TEXT   NOT NULL, -- '' = the system
	at      INTEGER NOT NULL,
	PRIMARY KEY (faq_id, version)
) STRICT;
INSERT INTO faq_versions (faq_id, version, texts, by_id, at)
SELECT id, 1, texts, '', 0
FROM faqs;

-- Pictures in answers; anybody may see them.
CREATE TABLE faq_images (
	sha256 TEXT   NOT NULL PRIMARY KEY,
	type   TEXT   NOT NULL,
	size   INTEGER NOT NULL,
	width  INTEGER NOT NULL,
	height INTEGER NOT NULL,
	by_id  TEXT   NOT NULL,
	at     INTEGER NOT NULL
) STRICT;

-- What people say often; with codes or a note it is a macro.
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

-- The public page; one row, or none before it was set up.
CREATE TABLE support_center (
	id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
	page TEXT   NOT NULL, -- JSON
	rev  INTEGER NOT NULL
) STRICT;
