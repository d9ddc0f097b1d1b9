-- +goose Up

-- SQLite's index of what was said goes by age itself: nothing to change.
SELECT 1;
