-- +goose Up

-- The indexes of what customers and cases are found by know how old a text is, too:
-- its number's windows of six sizes (search.Ages), told apart by their last six
-- bits. With many rows it takes longer than a reader may wait.
SET LOCAL statement_timeout = 0;
DROP INDEX customer_texts_grams;
CREATE INDEX customer_texts_grams ON customer_texts USING gin (
	translate(body, '@.-_+', 'qqqqq') gin_trgm_ops,
	(ARRAY[(n >> 12) * 64 + 12, (n >> 14) * 64 + 14, (n >> 16) * 64 + 16, (n >> 18) * 64 + 18, (n >> 20) * 64 + 20, (n >> 22) * 64 + 22]))
	WITH (gin_pending_list_limit = 256);
DROP INDEX case_texts_grams;
CREATE INDEX case_texts_grams ON case_texts USING gin (
	body gin_trgm_ops,
	(ARRAY[(n >> 12) * 64 + 12, (n >> 14) * 64 + 14, (n >> 16) * 64 + 16, (n >> 18) * 64 + 18, (n >> 20) * 64 + 20, (n >> 22) * 64 + 22]))
	WITH (gin_pending_list_limit = 256);

-- What the windows hold is counted at once: uncounted, a row in ten thousand is
-- expected where there is one in four, and all of them are read.
ANALYZE customer_texts;
ANALYZE case_texts;
