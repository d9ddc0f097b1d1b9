-- +goose Up

-- What visitors are asked to agree to before a chat, by a version made from the
-- words. Words that changed stay: somebody agreed to them.
CREATE TABLE consent_texts (
	version TEXT NOT NULL PRIMARY KEY,
	text    TEXT NOT NULL
);

-- Who agreed to which, with the first interaction of the journey.
CREATE TABLE consents (
	interaction_id  TEXT NOT NULL PRIMARY KEY REFERENCES interactions (id) DEFERRABLE INITIALLY DEFERRED,
	conversation_id TEXT NOT NULL REFERENCES conversations (id) DEFERRABLE INITIALLY DEFERRED,
	version         TEXT NOT NULL REFERENCES consent_texts (version) DEFERRABLE INITIALLY DEFERRED,
	at              BIGINT NOT NULL
);
CREATE INDEX consents_conversation ON consents (conversation_id, at);
