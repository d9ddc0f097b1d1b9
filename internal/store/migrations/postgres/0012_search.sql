-- +goose Up

-- What is searched, folded, and the engine's index on it.
CREATE TABLE customer_texts (
	n           BIGINT NOT NULL PRIMARY KEY,
	customer_id TEXT NOT NULL,
	body        TEXT NOT NULL -- search.Record.Body
);
CREATE UNIQUE INDEX customer_texts_customer ON customer_texts (customer_id);
CREATE INDEX customer_texts_grams ON customer_texts USING gin (body gin_trgm_ops);

-- The words of customers in which a slip is forgiven: each under itself and under
-- itself without each of its letters.
CREATE TABLE spellings (
	variant TEXT COLLATE "C" NOT NULL,
	word    TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (variant, word)
);

-- What was said in an interaction that has ended; n is its number.
CREATE TABLE spoken_texts (
	n              BIGINT NOT NULL PRIMARY KEY,
	interaction_id TEXT NOT NULL,
	body           TEXT NOT NULL -- search.Spoken, and whose it was
);
CREATE UNIQUE INDEX spoken_texts_interaction ON spoken_texts (interaction_id);
CREATE INDEX spoken_texts_words ON spoken_texts USING gin (to_tsvector('pg_catalog.simple', body));

-- How far what was there before has been indexed: the last id, or done.
CREATE TABLE indexed (
	kind TEXT NOT NULL PRIMARY KEY,
	last TEXT NOT NULL,
	done BOOLEAN NOT NULL
);

-- Lists that people keep.
CREATE TABLE saved_lists (
	id         TEXT NOT NULL PRIMARY KEY,
	list       TEXT NOT NULL, -- customers, cases or interactions
	name       TEXT NOT NULL,
	query      TEXT NOT NULL, -- JSON: what it is narrowed by and ordered by
	columns    TEXT NOT NULL, -- JSON array; [] = the usual ones
	agent_id   TEXT NOT NULL, -- whose it is
	shared     BOOLEAN NOT NULL,
	created_at BIGINT NOT NULL,
	rev        BIGINT NOT NULL
);
CREATE INDEX saved_lists_agent ON saved_lists (agent_id, list);
CREATE INDEX saved_lists_shared ON saved_lists (list) WHERE shared;

-- Which lines of a file have become customers, so that one given twice adds nobody
-- twice. The file is its hash, with how its columns were read.
CREATE TABLE import_rows (
	import_id   TEXT NOT NULL,
	line        BIGINT NOT NULL,
	customer_id TEXT NOT NULL,
	PRIMARY KEY (import_id, line)
);
