-- +goose Up

-- What cases are found by: their subject, folded; n is the case's number.
CREATE TABLE case_texts (
	n    INTEGER NOT NULL PRIMARY KEY,
	body TEXT NOT NULL -- search.Record.Body
) STRICT;
CREATE VIRTUAL TABLE case_grams USING fts5 (body, content = 'case_texts', content_rowid = 'n',
	tokenize = 'trigram case_sensitive 1', detail = 'none', columnsize = 0);
INSERT INTO case_grams (case_grams, rank) VALUES ('secure-delete', 1);
-- +goose StatementBegin
CREATE TRIGGER case_texts_insert AFTER INSERT ON case_texts
BEGIN
	INSERT INTO case_grams (rowid, body) VALUES (new.n, new.body);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_texts_delete AFTER DELETE ON case_texts
BEGIN
	INSERT INTO case_grams (case_grams, rowid, body) VALUES ('delete', old.n, old.body);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER case_texts_update AFTER UPDATE ON case_texts
BEGIN
	INSERT INTO case_grams (case_grams, rowid, body) VALUES ('delete', old.n, old.body);
	INSERT INTO case_grams (rowid, body) VALUES (new.n, new.body);
END;
-- +goose StatementEnd
