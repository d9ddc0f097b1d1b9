-- +goose Up

-- When a task was deleted, 0 = it was not: for a day it can come back.
ALTER TABLE tasks ADD COLUMN removed_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX tasks_removed ON tasks (removed_at) WHERE removed_at > 0;
