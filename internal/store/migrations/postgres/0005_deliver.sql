-- +goose Up

-- Of one subject only the first row may run: those behind it do not even have to
-- be looked at, however many wait.
ALTER TABLE outbox ADD COLUMN behind BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE outbox
SET behind = TRUE
WHERE state = 'ready' AND subject_id <> '' AND EXISTS (
	SELECT 1
	FROM outbox earlier
	WHERE earlier.state = 'ready' AND earlier.kind = outbox.kind AND earlier.subject_id = outbox.subject_id
		AND earlier.position < outbox.position);
DROP INDEX outbox_ready;
CREATE INDEX outbox_ready ON outbox (kind, run_at, position) WHERE state = 'ready' AND NOT behind;
