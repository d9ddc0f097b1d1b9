-- +goose Up

-- A list reads about as many rows as it shows, however many there are and however
-- few fit. Interactions are ordered by time and number, which no two share: a
-- number is a tenth of an id.
DROP INDEX interactions_created;
DROP INDEX interactions_agent;
DROP INDEX interactions_queue;
DROP INDEX interactions_state;
CREATE INDEX interactions_created ON interactions (created_at, number);
CREATE INDEX interactions_agent ON interactions (agent_id, created_at, number) WHERE agent_id <> '';
CREATE INDEX interactions_agent_queue ON interactions (agent_id, queue_id, created_at, number) WHERE agent_id <> '';
CREATE INDEX interactions_queue ON interactions (queue_id, created_at, number);
CREATE INDEX interactions_state ON interactions (state, created_at, number) -- a row enters it once, at its end
	WHERE state IN ('logged', 'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');
CREATE INDEX interactions_unserved ON interactions (queue_id, state, created_at, number) -- few ever enter it
	WHERE state IN ('abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');
CREATE INDEX interactions_unserved_agent ON interactions (agent_id, created_at, number) -- hardly any
	WHERE agent_id <> '' AND state NOT IN ('created', 'queued', 'offered', 'active', 'parked', 'wrapup', 'logged');

DROP INDEX offers_agent;
CREATE INDEX offers_agent ON offers (agent_id, made_at, interaction_id);
CREATE INDEX offers_queue ON offers (queue_id, made_at, interaction_id);
CREATE INDEX offers_agent_queue ON offers (agent_id, queue_id, made_at, interaction_id);

CREATE INDEX missed_created ON missed (created_at, id);
CREATE INDEX missed_kind ON missed (kind, created_at, id);
CREATE INDEX missed_state_kind ON missed (state, kind, created_at, id);

DROP INDEX cases_unlinked_status;
CREATE INDEX cases_unlinked_open ON cases (number) WHERE customer_id = '' AND status = 'open';
CREATE INDEX cases_unlinked_closed ON cases (number) WHERE customer_id = '' AND status = 'closed';

DROP INDEX customer_phones_digits;
CREATE INDEX customer_phones_digits ON customer_phones (digits, customer_id);
