-- +goose Up

-- Whether a file is still somebody's, and how much somebody uploaded of late.
CREATE INDEX attachments_thumb ON attachments (thumb) WHERE thumb <> '';
CREATE INDEX attachments_uploader ON attachments (uploader, created_at) WHERE uploader <> '';
