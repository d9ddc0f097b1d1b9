-- +goose Up

-- What clients make their ids of is random: each message filled a page of its own, and a
-- page of a conversation is one of few. Of an interaction's log rows only its offers are
-- ever asked for; each of the others filled a page of this index too.
DROP INDEX messages_client;
CREATE UNIQUE INDEX messages_client ON messages (conversation_id, client_id);
DROP INDEX entries_interaction;
CREATE INDEX entries_offers ON entries (interaction_id, n) WHERE kind = 'offer_made';
