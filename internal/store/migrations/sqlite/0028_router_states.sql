-- +goose Up

-- The router as it was right after a row of the log, every so often: a question
-- about an old offer begins at the one before it. Ids, times and numbers only;
-- the log makes each of them again.
CREATE TABLE router_states (
	n     INTEGER NOT NULL PRIMARY KEY,
	state TEXT NOT NULL
) STRICT;
