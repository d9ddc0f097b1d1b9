-- +goose Up

-- An answer is one entry with a text per language; what is edited is a draft, and
-- what was published is kept.
DROP INDEX faqs_category;
ALTER TABLE faqs ADD COLUMN draft TEXT NOT NULL DEFAULT '[]'; -- JSON: a text per language
ALTER TABLE faqs ADD COLUMN texts TEXT NOT NULL DEFAULT '[]'; -- JSON: as published, [] = never
ALTER TABLE faqs ADD COLUMN published BIGINT NOT NULL DEFAULT 0; -- the version in force, 0 = none
UPDATE faqs
SET published = 1,
	draft = json_build_array(json_build_object('language', language, 'question', question, 'rich', answer, 'plain', answer))::text,
	texts = json_build_array(json_build_object('language', language, 'question', question, 'rich', answer, 'plain', answer))::text;
ALTER TABLE faqs DROP COLUMN language;
ALTER TABLE faqs DROP COLUMN question;
ALTER TABLE faqs DROP COLUMN answer;
CREATE INDEX faqs_category ON faqs (category_id);

CREATE TABLE faq_versions (
	faq_id  TEXT   NOT NULL REFERENCES faqs (id) DEFERRABLE INITIALLY DEFERRED,
	version BIGINT NOT NULL,
	texts   TEXT   NOT NULL, -- JSON
	by_id   TEXT   NOT NULL, -- '' = the system
	at      BIGINT NOT NULL,
	PRIMARY KEY (faq_id, version)
);
INSERT INTO faq_versions (faq_id, version, texts, by_id, at)
SELECT id, 1, texts, '', 0
FROM faqs;

-- Pictures in answers; anybody may see them.
CREATE TABLE faq_images (
	sha256 TEXT   NOT NULL PRIMARY KEY,
	type   TEXT   NOT NULL,
	size   BIGINT NOT NULL,
	width  BIGINT NOT NULL,
	height BIGINT NOT NULL,
	by_id  TEXT   NOT NULL,
	at     BIGINT NOT NULL
);

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
	uses         BIGINT NOT NULL,
	rev          BIGINT NOT NULL
);
CREATE INDEX canned_replies_owner ON canned_replies (owner_id, name);

-- The public page; one row, or none before it was set up.
CREATE TABLE support_center (
	id   BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
	page TEXT   NOT NULL, -- JSON
	rev  BIGINT NOT NULL
);
