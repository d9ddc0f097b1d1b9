-- +goose Up

-- What is searched, folded, and the engine's index on it. The index follows its
-- table, so whoever deletes a row takes its words out of the index as well:
-- secure-delete leaves none of them in the file.
CREATE TABLE customer_texts (
	n           INTEGER NOT NULL PRIMARY KEY,
	customer_id TEXT NOT NULL,
	body        TEXT NOT NULL -- search.Record.Body
) STRICT;
CREATE UNIQUE INDEX customer_texts_customer ON customer_texts (customer_id);
CREATE VIRTUAL TABLE customer_grams USING fts5 (body, content = 'customer_texts', content_rowid = 'n',
	tokenize = 'trigram case_sensitive 1', detail = 'none', columnsize = 0);
INSERT INTO customer_grams (customer_grams, rank) VALUES ('secure-delete', 1);
-- +goose StatementBegin
CREATE TRIGGER customer_texts_insert AFTER INSERT ON customer_texts
BEGIN
	INSERT INTO customer_grams (rowid, body) VALUES (new.n, new.body);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER customer_texts_delete AFTER DELETE ON customer_texts
BEGIN
	INSERT INTO customer_grams (customer_grams, rowid, body) VALUES ('delete', old.n, old.body);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER customer_texts_update AFTER UPDATE ON customer_texts
BEGIN
	INSERT INTO customer_grams (customer_grams, rowid, body) VALUES ('delete', old.n, old.body);
	INSERT INTO customer_grams (rowid, body) VALUES (new.n, new.body);
END;
-- +goose StatementEnd

-- The words of customers in which a slip is forgiven: each under itself and under
-- itself without each of its letters.
CREATE TABLE spellings (
	variant TEXT NOT NULL,
	word    TEXT NOT NULL,
	PRIMARY KEY (variant, word)
) STRICT, WITHOUT ROWID;

-- What was said in an interaction that has ended; n is its number.
CREATE TABLE spoken_texts (
	n              INTEGER NOT NULL PRIMARY KEY,
	interaction_id TEXT NOT NULL,
	body           TEXT NOT NULL -- search.Spoken, and whose it was
) STRICT;
CREATE UNIQUE INDEX spoken_texts_interaction ON spoken_texts (interaction_id);
CREATE VIRTUAL TABLE spoken_words USING fts5 (body, content = 'spoken_texts', content_rowid = 'n',
	tokenize = 'unicode61 remove_diacritics 2', detail = 'none', columnsize = 0, prefix = '3');
INSERT INTO spoken_words (spoken_words, rank) VALUES ('secure-delete', 1);
-- +goose StatementBegin
CREATE TRIGGER spoken_texts_insert AFTER INSERT ON spoken_texts
BEGIN
	INSERT INTO spoken_words (rowid, body) VALUES (new.n, new.body);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER spoken_texts_delete AFTER DELETE ON spoken_texts
BEGIN
	INSERT INTO spoken_words (spoken_words, rowid, body) VALUES ('delete', old.n, old.body);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER spoken_texts_update AFTER UPDATE ON spoken_texts
BEGIN
	INSERT INTO spoken_words (spoken_words, rowid, body) VALUES ('delete', old.n, old.body);
	INSERT INTO spoken_words (rowid, body) VALUES (new.n, new.body);
END;
-- +goose StatementEnd

-- How far what was there before has been indexed: the last id, or done.
CREATE TABLE indexed (
	kind TEXT NOT NULL PRIMARY KEY,
	last TEXT NOT NULL,
	done INTEGER NOT NULL
) STRICT;

-- Lists that people keep.
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

-- Which lines of a file have become customers, so that one given twice adds nobody
-- twice. The file is its hash, with how its columns were read.
CREATE TABLE import_rows (
	import_id   TEXT NOT NULL,
	line        INTEGER NOT NULL,
	customer_id TEXT NOT NULL,
	PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;
