-- +goose Up

-- Which columns a list shows somebody.
CREATE TABLE chosen_columns (
	agent_id TEXT NOT NULL,
	list     TEXT NOT NULL, -- customers, cases or interactions
	columns  TEXT NOT NULL, -- JSON array
	PRIMARY KEY (agent_id, list)
) STRICT;
