-- +goose Up

-- Which index a list follows is not left to a guess. Where filters stand together
-- their values are one key, and the list without any filter is ordered by a sum: so
-- a list with filters cannot go through everything by time, in the hope of soon
-- finding what fits.
DROP INDEX interactions_created;
CREATE INDEX interactions_created ON interactions ((created_at + 0), number);
DROP INDEX interactions_agent_queue;
CREATE INDEX interactions_agent_queue ON interactions ((agent_id || queue_id), created_at, number) WHERE agent_id <> '';
DROP INDEX interactions_unserved;
CREATE INDEX interactions_unserved ON interactions ((queue_id || state), created_at, number) -- few ever enter it
	WHERE state IN ('abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');

DROP INDEX offers_made;
CREATE INDEX offers_made ON offers ((made_at + 0), interaction_id);
DROP INDEX offers_agent_queue;
CREATE INDEX offers_agent_queue ON offers ((agent_id || queue_id), made_at, interaction_id);

DROP INDEX missed_created;
CREATE INDEX missed_created ON missed ((created_at + 0), id);
DROP INDEX missed_state_kind;
CREATE INDEX missed_state_kind ON missed ((state || kind), created_at, id);
