package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"net/url"
	"strings"
)

// Pools returns both pools, each with how many connections it may have.
func (s *Store) Pools() iter.Seq2[*sql.DB, int] {
	return func(yield func(*sql.DB, int) bool) {
		_ = yield(s.write, 1) && yield(s.read, readers)
	}
}

// Timeouts returns how long a reader's statement may take on PostgreSQL, and how long
// its transaction may lie idle.
func (s *Store) Timeouts(ctx context.Context) (string, error) {
	return one(ctx, s.View(), scalar[string], `SELECT current_setting('statement_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')`)
}

// Hurry sets how long a statement may take on PostgreSQL, and returns what takes that
// back.
//
// Unit of most: milliseconds.
func Hurry(most string) (undo func()) {
	was := guard["statement_timeout"]
	guard["statement_timeout"] = most
	return func() { guard["statement_timeout"] = was }
}

// OpenRaw opens a file with one pragma that is not ours.
func OpenRaw(ctx context.Context, path, pragma, value string) error {
	values := url.Values{}
	for _, p := range pragmas {
		set := p.set
		if p.name == pragma {
			set = value
		}
		values.Add("_pragma", p.name+"("+set+")")
	}
	db := sql.OpenDB(newConnector(sqliteURI(path) + values.Encode()))
	return errors.Join(db.PingContext(ctx), db.Close())
}

// TooOld reports whether an SQLite is refused.
func TooOld(version string) bool { return before(version, oldest) }

// Schema returns the schema as the database has it.
func (s *Store) Schema(ctx context.Context) (string, error) {
	query := sqliteSchema
	if s.d == postgres {
		query = postgresSchema
	}
	lines, err := list(ctx, s.View(), scalar[string], query)
	return strings.Join(lines, "\n") + "\n", err
}

const sqliteSchema = `
	SELECT sql || ';' || CASE WHEN type = 'index' THEN '' ELSE char(10) END
	FROM sqlite_schema
	WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'goose%'
	ORDER BY CASE WHEN type = 'trigger' THEN 2 WHEN type = 'view' THEN 1 ELSE 0 END, tbl_name, type DESC, name`

const postgresSchema = `
	SELECT line
	FROM (
		SELECT c.relname AS t, 0 AS part, '' AS name, 'CREATE TABLE ' || c.relname || ' (' || chr(10) || (
			SELECT string_agg(chr(9) || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
				|| CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ',' || chr(10) ORDER BY a.attnum)
			FROM pg_attribute a
			WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) || chr(10) || ');' AS line
		FROM pg_class c
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE 'goose%'
		UNION ALL
		SELECT k.conrelid::regclass::text, 1, k.conname,
			'ALTER TABLE ' || k.conrelid::regclass || ' ADD CONSTRAINT ' || k.conname || ' ' || pg_get_constraintdef(k.oid) || ';'
		FROM pg_constraint k
		WHERE k.connamespace = current_schema()::regnamespace AND k.conrelid <> 0
			AND k.conrelid::regclass::text NOT LIKE 'goose%'
		UNION ALL
		SELECT i.tablename, 2, i.indexname, i.indexdef || ';'
		FROM pg_indexes i
		WHERE i.schemaname = current_schema() AND i.tablename NOT LIKE 'goose%'
			AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conname = i.indexname AND k.connamespace = current_schema()::regnamespace)
		UNION ALL
		SELECT g.tgrelid::regclass::text, 3, g.tgname, pg_get_triggerdef(g.oid) || ';'
		FROM pg_trigger g
		JOIN pg_class c
			ON c.oid = g.tgrelid
		WHERE c.relnamespace = current_schema()::regnamespace AND NOT g.tgisinternal) schema
	ORDER BY t, part, name`

// Step is how a database reads one table for a query.
type Step struct {
	Query string
	How   string
	Rows  int // looked at, also those that did not fit; SQLite does not tell
}

// Explained returns a view that tells note how the database reads what is asked.
// PostgreSQL is forbidden to read a small table whole, which it would with good
// reason.
func (s *Store) Explained(ctx context.Context, note func(Step)) (View, error) {
	c, err := s.read.Conn(ctx)
	if err == nil && s.d == postgres {
		_, err = c.ExecContext(ctx, "SET enable_seqscan = off")
	}
	return View{q: explained{c, s.d, note}, d: s.d}, err
}

// ExplainedFinder is Explained for the searches.
func (s *Store) ExplainedFinder(ctx context.Context, note func(Step)) (View, error) {
	c, err := s.find.Conn(ctx)
	return View{q: explained{c, s.d, note}, d: s.d}, err
}

// Measure tells PostgreSQL how the tables are filled.
func (s *Store) Measure(ctx context.Context) error {
	if s.d == sqlite {
		return nil
	}
	_, err := s.write.ExecContext(ctx, "ANALYZE")
	return err
}

type explained struct {
	*sql.Conn
	d    dialect
	note func(Step)
}

// QueryContext explains a query before it asks it.
func (e explained) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	explain := e.sqlite
	if e.d == postgres {
		explain = e.postgres
	}
	if err := explain(ctx, query, args); err != nil {
		return nil, err
	}
	return e.Conn.QueryContext(ctx, query, args...)
}

func (e explained) sqlite(ctx context.Context, query string, args []any) error {
	rows, err := e.Conn.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // Err has told what went wrong
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return err
		}
		e.note(Step{Query: query, How: step})
	}
	return rows.Err()
}

// node is a part of PostgreSQL's answer to EXPLAIN.
type node struct {
	Type      string  `json:"Node Type"`
	Table     string  `json:"Relation Name"`
	Index     string  `json:"Index Name"`
	Rows      float64 `json:"Actual Rows"`
	Removed   float64 `json:"Rows Removed by Filter"`
	Rechecked float64 `json:"Rows Removed by Index Recheck"`
	Loops     float64 `json:"Actual Loops"`
	Plans     []node
}

func (e explained) postgres(ctx context.Context, query string, args []any) error {
	var text string
	if err := e.QueryRowContext(ctx, "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "+query, args...).Scan(&text); err != nil {
		return err
	}
	var plans []struct{ Plan node }
	if err := json.Unmarshal([]byte(text), &plans); err != nil {
		return err
	}
	e.tell(query, plans[0].Plan)
	return nil
}

func (e explained) tell(query string, n node) {
	if n.Table != "" || n.Index != "" {
		looked := (n.Rows + n.Removed + n.Rechecked) * n.Loops
		e.note(Step{Query: query, How: n.Type + " of " + n.Table + " by " + n.Index, Rows: int(looked)})
	}
	for _, p := range n.Plans {
		e.tell(query, p)
	}
}
