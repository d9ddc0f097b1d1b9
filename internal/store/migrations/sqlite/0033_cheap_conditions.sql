-- +goose Up

-- What an index holds is asked of every row that changes, before and after. A list of
-- words in the condition is a table of its own that SQLite makes and fills each time:
-- 140 rows, three times for each conversation. That it has ended says the same.
DROP INDEX interactions_state;
DROP INDEX interactions_unserved;
DROP INDEX interactions_unserved_agent;
DROP INDEX interactions_channel;
DROP INDEX interactions_channel_agent;
DROP INDEX interactions_channel_queue;
DROP INDEX interactions_channel_agent_queue;
DROP INDEX interactions_channel_unserved;
DROP INDEX interactions_channel_queue_unserved;
CREATE INDEX interactions_state ON interactions (state, created_at, number) -- a row enters it once, at its end
	WHERE closed_at > 0;
CREATE INDEX interactions_unserved ON interactions ((queue_id || state), created_at, number) -- few ever enter it
	WHERE closed_at > 0 AND state <> 'logged';
CREATE INDEX interactions_unserved_agent ON interactions (agent_id, created_at, number) -- hardly any
	WHERE agent_id <> '' AND closed_at > 0 AND state <> 'logged';
CREATE INDEX interactions_channel ON interactions (channel, created_at, number)
	WHERE closed_at > 0;
CREATE INDEX interactions_channel_queue ON interactions ((channel || queue_id), created_at, number)
	WHERE closed_at > 0;
CREATE INDEX interactions_channel_agent ON interactions ((channel || agent_id), created_at, number)
	WHERE agent_id <> '' AND closed_at > 0;
CREATE INDEX interactions_channel_agent_queue ON interactions ((channel || agent_id || queue_id), created_at, number)
	WHERE agent_id <> '' AND closed_at > 0;
CREATE INDEX interactions_channel_unserved ON interactions ((channel || state), created_at, number)
	WHERE closed_at > 0 AND state <> 'logged';
CREATE INDEX interactions_channel_queue_unserved ON interactions ((channel || queue_id || state), created_at, number)
	WHERE closed_at > 0 AND state <> 'logged';
