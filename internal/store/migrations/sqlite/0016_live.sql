-- +goose Up

-- What is live and what is open is told by two columns that change once, not by
-- the state: an interaction that is offered and accepted stays where it is.
DROP INDEX interactions_live;
CREATE INDEX interactions_live ON interactions (number)
	WHERE closed_at = 0 OR unviewed;
DROP INDEX one_open;
CREATE UNIQUE INDEX one_open ON interactions (conversation_id)
	WHERE ended_at = 0 AND closed_at = 0 AND NOT addressed;
