-- +goose Up

-- What stands below an agent's messages where an entry point asks for it.
ALTER TABLE agents ADD COLUMN signature TEXT NOT NULL DEFAULT '';
