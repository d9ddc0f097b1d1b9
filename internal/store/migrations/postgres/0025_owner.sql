-- +goose Up

-- Whose a log is in the CRM: the id of the agent's own user there; none: the one
-- we act as.
ALTER TABLE crm_logs ADD COLUMN owner_id TEXT NOT NULL DEFAULT '';
