-- +goose Up

-- The index of what was said knows how old a text is, too: its number's windows
-- of three sizes (store.ages). To the index of customers, what stands between the
-- parts of an address is a letter, so that no word begins there. What new rows
-- wait for in an index is short, since each search reads it.
DROP INDEX spoken_texts_words;
CREATE INDEX spoken_texts_words ON spoken_texts USING gin (to_tsvector('pg_catalog.simple',
	body || ' parleyage14x' || (n >> 14)::TEXT || ' parleyage18x' || (n >> 18)::TEXT || ' parleyage22x' || (n >> 22)::TEXT))
	WITH (gin_pending_list_limit = 256);
DROP INDEX customer_texts_grams;
CREATE INDEX customer_texts_grams ON customer_texts USING gin (translate(body, '@.-_+', 'qqqqq') gin_trgm_ops)
	WITH (gin_pending_list_limit = 256);
