-- +goose Up

-- An interaction's channel is its conversation's: beside the time, so that an index
-- can hold both.
ALTER TABLE interactions ADD COLUMN channel TEXT NOT NULL DEFAULT '';
UPDATE interactions
SET channel = COALESCE((SELECT c.channel FROM conversations c WHERE c.id = interactions.conversation_id), '');
-- +goose StatementBegin
CREATE TRIGGER interactions_channel_insert AFTER INSERT ON interactions WHEN new.channel = ''
BEGIN
	UPDATE interactions
	SET channel = COALESCE((SELECT c.channel FROM conversations c WHERE c.id = new.conversation_id), '')
	WHERE id = new.id;
END;
-- +goose StatementEnd

-- Lists by channel. A row enters these once, at its end: what is not over yet is
-- little, and found without them.
CREATE INDEX interactions_channel ON interactions (channel, created_at, number)
	WHERE state IN ('logged', 'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');
CREATE INDEX interactions_channel_queue ON interactions ((channel || queue_id), created_at, number)
	WHERE state IN ('logged', 'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');
CREATE INDEX interactions_channel_agent ON interactions ((channel || agent_id), created_at, number)
	WHERE agent_id <> '' AND state IN ('logged', 'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');
CREATE INDEX interactions_channel_agent_queue ON interactions ((channel || agent_id || queue_id), created_at, number)
	WHERE agent_id <> '' AND state IN ('logged', 'abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');
CREATE INDEX interactions_channel_unserved ON interactions ((channel || state), created_at, number)
	WHERE state IN ('abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');
CREATE INDEX interactions_channel_queue_unserved ON interactions ((channel || queue_id || state), created_at, number)
	WHERE state IN ('abandoned', 'short_abandoned', 'skipped', 'offline', 'queue_timeout', 'diverted', 'cancelled');

-- Of cases, in an order that no other index has: one of numbers would be read to its
-- end for a channel that few have.
CREATE INDEX cases_channel ON cases (channel, (number + 0));
CREATE INDEX cases_channel_open ON cases (channel, (number + 0)) WHERE status = 'open';
CREATE INDEX cases_channel_closed ON cases (channel, (number + 0)) WHERE status = 'closed';
CREATE INDEX cases_channel_unlinked ON cases (channel, (number + 0)) WHERE customer_id = '';

-- Customers who have an open case, by the newest of them.
CREATE INDEX cases_open_linked ON cases (number) WHERE status = 'open' AND customer_id <> '';
