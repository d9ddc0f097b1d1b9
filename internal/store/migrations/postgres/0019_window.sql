-- +goose Up

-- Until when a network lets an agent answer, where the talk ends with it.
ALTER TABLE interactions ADD COLUMN window_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE interactions ADD COLUMN window_warn_ms BIGINT NOT NULL DEFAULT 0; -- 0 = the talk does not end with it
ALTER TABLE interactions ADD COLUMN window_warned BOOLEAN NOT NULL DEFAULT FALSE;
