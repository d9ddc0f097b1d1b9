-- +goose Up

-- What cases are found by: their subject, folded; n is the case's number.
CREATE TABLE case_texts (
	n    BIGINT NOT NULL PRIMARY KEY,
	body TEXT NOT NULL -- search.Record.Body
);
CREATE INDEX case_texts_grams ON case_texts USING gin (body gin_trgm_ops) WITH (gin_pending_list_limit = 256);
