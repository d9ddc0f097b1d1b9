package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"parley"
)

// SavedList is a list that somebody keeps under a name.
type SavedList struct {
	ID        string
	List      string // customers, cases or interactions
	Name      string
	Query     string   // of the list's address
	Columns   []string // those shown; none = the usual ones
	Agent     parley.AgentID
	Shared    bool
	CreatedAt time.Time
	Rev       int64
}

const savedColumns = `
		SELECT id, list, name, query, columns, agent_id, shared, created_at, rev
		FROM saved_lists`

// SavedLists returns those of a list that somebody keeps, and those shared.
func (v View) SavedLists(ctx context.Context, of string, who parley.AgentID) ([]SavedList, error) {
	own, err := list(ctx, v, scanSaved, savedColumns+`
		WHERE agent_id = $1 AND list = $2
		ORDER BY name, id`, string(who), of)
	if err != nil {
		return nil, err
	}
	shared, err := list(ctx, v, scanSaved, savedColumns+`
		WHERE shared AND list = $1
		ORDER BY name, id`, of)
	for _, s := range shared {
		if s.Agent != who {
			own = append(own, s)
		}
	}
	return own, err
}

// AllSavedLists returns everybody's.
func (v View) AllSavedLists(ctx context.Context) ([]SavedList, error) {
	return list(ctx, v, scanSaved, savedColumns+`
		ORDER BY id`)
}

// SavedList returns one. Errors: parley.ErrNotFound.
func (v View) SavedList(ctx context.Context, id string) (SavedList, error) {
	return one(ctx, v, scanSaved, savedColumns+`
		WHERE id = $1`, id)
}

func scanSaved(rows *sql.Rows) (s SavedList, err error) {
	var columns string
	var created int64
	if err = rows.Scan(&s.ID, &s.List, &s.Name, &s.Query, &columns, &s.Agent, &s.Shared, &created, &s.Rev); err != nil {
		return s, err
	}
	s.CreatedAt = parley.FromMillis(created)
	return s, json.Unmarshal([]byte(columns), &s.Columns)
}

// SaveList adds a list or replaces it.
func (r *Rows) SaveList(s SavedList) {
	r.Exec(`
		INSERT INTO saved_lists (id, list, name, query, columns, agent_id, shared, created_at, rev)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, query = excluded.query, columns = excluded.columns, shared = excluded.shared, rev = excluded.rev`,
		s.ID, s.List, s.Name, s.Query, string(mustJSON(s.Columns)), string(s.Agent), s.Shared, ms(s.CreatedAt), s.Rev)
}

// DropList forgets a list.
func (r *Rows) DropList(id string) {
	r.Exec(`
		DELETE FROM saved_lists
		WHERE id = $1`, id)
}

// ChosenColumns returns which columns the lists show somebody who has chosen, by list.
func (v View) ChosenColumns(ctx context.Context, who parley.AgentID) (map[string][]string, error) {
	out := map[string][]string{}
	err := v.each(ctx, func(rows *sql.Rows) error {
		var of, columns string
		var keys []string
		err := rows.Scan(&of, &columns)
		if err == nil {
			err = json.Unmarshal([]byte(columns), &keys)
		}
		out[of] = keys
		return err
	}, `
		SELECT list, columns
		FROM chosen_columns
		WHERE agent_id = $1
		ORDER BY list`, string(who))
	return out, err
}

// ChooseColumns keeps which columns a list shows somebody.
func (r *Rows) ChooseColumns(who parley.AgentID, of string, columns []string) {
	r.Exec(`
		INSERT INTO chosen_columns (agent_id, list, columns)
		VALUES ($1, $2, $3)
		ON CONFLICT (agent_id, list) DO UPDATE
		SET columns = excluded.columns`, string(who), of, string(mustJSON(columns)))
}

// Shortcuts returns the keys somebody chose, and whether single letters do
// anything for them; who has chosen nothing has the usual ones.
func (v View) Shortcuts(ctx context.Context, who parley.AgentID) (parley.Shortcuts, error) {
	s := parley.Shortcuts{Letters: true, Keys: map[string]string{}}
	err := v.each(ctx, func(rows *sql.Rows) error {
		var keys string
		err := rows.Scan(&s.Letters, &keys)
		if err == nil {
			err = json.Unmarshal([]byte(keys), &s.Keys)
		}
		return err
	}, `
		SELECT letters, keys
		FROM shortcuts
		WHERE agent_id = $1`, string(who))
	return s, err
}

// SaveShortcuts keeps the keys somebody chose.
func (r *Rows) SaveShortcuts(who parley.AgentID, s parley.Shortcuts) {
	r.Exec(`
		INSERT INTO shortcuts (agent_id, letters, keys)
		VALUES ($1, $2, $3)
		ON CONFLICT (agent_id) DO UPDATE
		SET letters = excluded.letters, keys = excluded.keys`, string(who), s.Letters, string(mustJSON(s.Keys)))
}
