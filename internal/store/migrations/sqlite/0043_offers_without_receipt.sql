-- +goose Up

-- An offer's receipt is kept by its log row, which is what people are shown and verify asks; a
-- second copy was read by nobody. What is left is so short that a row lives in the index of its key.
ALTER TABLE offers RENAME TO offers_before;
DROP INDEX one_pending_offer;
DROP INDEX offers_agent;
DROP INDEX offers_agent_queue;
DROP INDEX offers_made;
DROP INDEX offers_queue;
DROP INDEX offers_ringing;
CREATE TABLE offers (
	interaction_id TEXT NOT NULL REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	attempt        INTEGER NOT NULL,
	agent_id       TEXT NOT NULL,
	queue_id       TEXT NOT NULL,
	round          INTEGER NOT NULL,
	state          TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'rejected', 'timed_out', 'withdrawn', 'abandoned')),
	made_at        INTEGER NOT NULL,
	until          INTEGER NOT NULL,
	ended_at       INTEGER NOT NULL,
	why            TEXT NOT NULL, -- of a withdrawal
	PRIMARY KEY (interaction_id, attempt)
) STRICT, WITHOUT ROWID;
INSERT INTO offers (interaction_id, attempt, agent_id, queue_id, round, state, made_at, until, ended_at, why)
SELECT interaction_id, attempt, agent_id, queue_id, round, state, made_at, until, ended_at, why
FROM offers_before
ORDER BY interaction_id, attempt;
DROP TABLE offers_before;
CREATE UNIQUE INDEX one_pending_offer ON offers (interaction_id) WHERE state = 'pending';
CREATE INDEX offers_agent ON offers (agent_id, made_at, interaction_id);
CREATE INDEX offers_agent_queue ON offers ((agent_id || queue_id), made_at, interaction_id);
CREATE INDEX offers_made ON offers ((made_at + 0), interaction_id);
CREATE INDEX offers_queue ON offers (queue_id, made_at, interaction_id);
CREATE INDEX offers_ringing ON offers (agent_id) WHERE state = 'pending';
