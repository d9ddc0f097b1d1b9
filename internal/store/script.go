package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"parley"
)

const scriptColumns = `
		SELECT id, name, kind, draft, published, rev
		FROM scripts`

// Script returns one. Errors: parley.ErrNotFound.
func (v View) Script(ctx context.Context, id parley.ScriptID) (parley.FlowScript, error) {
	return one(ctx, v, scanScript, scriptColumns+`
		WHERE id = $1`, string(id))
}

// Scripts returns all, by name.
func (v View) Scripts(ctx context.Context) ([]parley.FlowScript, error) {
	return list(ctx, v, scanScript, scriptColumns+`
		ORDER BY name, id`)
}

func scanScript(rows *sql.Rows) (s parley.FlowScript, err error) {
	var draft string
	if err := rows.Scan(&s.ID, &s.Name, &s.Kind, &draft, &s.Published, &s.Rev); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(draft), &s.Draft); err != nil {
		return s, fmt.Errorf("draft of %s: %w", s.ID, err)
	}
	return s, nil
}

const versionColumns = `
		SELECT script_id, version, flow, by_id, why, at
		FROM script_versions`

// ScriptVersion returns one published version. Errors: parley.ErrNotFound.
func (v View) ScriptVersion(ctx context.Context, id parley.ScriptID, version int) (parley.FlowVersion, error) {
	return one(ctx, v, scanVersion, versionColumns+`
		WHERE script_id = $1 AND version = $2`, string(id), version)
}

// ScriptVersions returns a script's published versions, the newest first.
func (v View) ScriptVersions(ctx context.Context, id parley.ScriptID) ([]parley.FlowVersion, error) {
	return list(ctx, v, scanVersion, versionColumns+`
		WHERE script_id = $1
		ORDER BY version DESC`, string(id))
}

// PublishedScripts returns the version in force of every script that has one.
func (v View) PublishedScripts(ctx context.Context) ([]parley.FlowVersion, error) {
	return list(ctx, v, scanVersion, versionColumns+`
		WHERE version = (
			SELECT published
			FROM scripts
			WHERE id = script_id)`)
}

func scanVersion(rows *sql.Rows) (f parley.FlowVersion, err error) {
	var flow string
	var at int64
	if err := rows.Scan(&f.Script, &f.Version, &flow, &f.By, &f.Why, &at); err != nil {
		return f, err
	}
	f.At = parley.FromMillis(at)
	if err := json.Unmarshal([]byte(flow), &f.Flow); err != nil {
		return f, fmt.Errorf("version %d of %s: %w", f.Version, f.Script, err)
	}
	return f, nil
}

// SaveScript adds a script or replaces it; Rev is what it becomes.
func (r *Rows) SaveScript(s parley.FlowScript) {
	r.Exec(`
		INSERT INTO scripts (id, name, kind, draft, published, rev)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, draft = excluded.draft, published = excluded.published, rev = excluded.rev`,
		string(s.ID), s.Name, string(s.Kind), string(mustJSON(s.Draft)), s.Published, s.Rev)
}

// AddScriptVersion keeps what was published, for ever.
func (r *Rows) AddScriptVersion(f parley.FlowVersion) {
	r.Exec(`
		INSERT INTO script_versions (script_id, version, flow, by_id, why, at)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		string(f.Script), f.Version, string(mustJSON(f.Flow)), string(f.By), f.Why, ms(f.At))
}

// RemoveScript takes a script away that no entry point runs and nobody is in, with
// its versions.
func (r *Rows) RemoveScript(id parley.ScriptID) {
	r.Exec(`
		DELETE FROM script_versions
		WHERE script_id = $1`, string(id))
	r.Exec(`
		DELETE FROM scripts
		WHERE id = $1`, string(id))
}

// RunScript says which script an entry point runs, "" for its own.
func (r *Rows) RunScript(e parley.EntryPointID, id parley.ScriptID) {
	r.Exec(`
		UPDATE entry_points
		SET script_id = $2, rev = rev + 1
		WHERE id = $1`, string(e), string(id))
}

// ScriptRun returns where a journey stands in its script. Errors: parley.ErrNotFound.
func (v View) ScriptRun(ctx context.Context, journey parley.InteractionID) (parley.ScriptRun, error) {
	return one(ctx, v, func(rows *sql.Rows) (run parley.ScriptRun, err error) {
		err = rows.Scan(&run.Journey, &run.Script, &run.Version, &run.At, &run.Data)
		return run, err
	}, `
		SELECT journey_id, script_id, version, object, data
		FROM script_runs
		WHERE journey_id = $1`, string(journey))
}

// ScriptBusy reports whether somebody is not done whom a script led to where they
// are: it says what they are told while they wait.
func (v View) ScriptBusy(ctx context.Context, id parley.ScriptID) (bool, error) {
	return one(ctx, v, scalar[bool], `
		SELECT EXISTS (
			SELECT 1
			FROM interactions i
			WHERE `+live+` AND closed_at = 0
				AND EXISTS (SELECT 1 FROM script_runs r WHERE r.journey_id = i.journey_id AND script_id = $1))`, string(id))
}

// SaveScriptRun keeps where a journey stands.
func (r *Rows) SaveScriptRun(run parley.ScriptRun) {
	r.Exec(`
		INSERT INTO script_runs (journey_id, script_id, version, object, data)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (journey_id) DO UPDATE
		SET object = excluded.object, data = excluded.data`,
		string(run.Journey), string(run.Script), run.Version, run.At, string(run.Data))
}

// OpenCaseOf reports whether a customer has a case that is not closed.
func (v View) OpenCaseOf(ctx context.Context, id parley.CustomerID) (bool, error) {
	return one(ctx, v, scalar[bool], `
		SELECT EXISTS (SELECT 1 FROM cases WHERE customer_id = $1 AND status = 'open')`, string(id))
}
