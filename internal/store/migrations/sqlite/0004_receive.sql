-- +goose Up

-- Who writes, as their network shows them.
ALTER TABLE conversations ADD COLUMN handle TEXT NOT NULL DEFAULT '';
