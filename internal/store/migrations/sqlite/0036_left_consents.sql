-- +goose Up

-- What somebody agreed to who left a message, and when; the words are in consent_texts.
ALTER TABLE missed ADD COLUMN consent TEXT NOT NULL DEFAULT ''; -- version of the words, '' = nothing was asked
ALTER TABLE missed ADD COLUMN consent_at INTEGER NOT NULL DEFAULT 0;
