-- +goose Up

-- What a thing that is gone was called is read from the last row that tells of it.
CREATE INDEX audit_of ON audit (subject, id);
