-- +goose Up

-- What a site says of whom it shows the widget to, by name: JSON, '' = nothing.
ALTER TABLE conversations ADD COLUMN variables TEXT NOT NULL DEFAULT '';
