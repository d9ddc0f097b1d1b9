-- +goose Up

-- An offer's receipt is kept by its log row, which is what people are shown and verify asks; a
-- second copy was read by nobody.
ALTER TABLE offers DROP COLUMN receipt;
