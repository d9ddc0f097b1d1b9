package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"parley"
)

// schemaName is what a schema may be called.
var schemaName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

// postgresOldest is the oldest server, as server_version_num counts.
const postgresOldest = 150000

// guard are the settings of every session. A statement that takes longer than
// half a minute belongs to nobody who still waits, but for a command that copies or
// audits a center.
var guard = map[string]string{
	"synchronous_commit":                  "on",
	"statement_timeout":                   "30000",
	"lock_timeout":                        "10000",
	"idle_in_transaction_session_timeout": "60000",
	"timezone":                            "UTC",
	"jit":                                 "off", // it takes longer than any of our lists
	"random_page_cost":                    "1.1", // disks turn no more: an index before a sort
}

// openPostgres opens the one connection that writes, and the pool that reads.
func (s *Store) openPostgres(ctx context.Context) error {
	config, schema, err := postgresConfig(s.dsn)
	if err != nil {
		return err
	}
	if s.o.ReadOnly || s.o.Fill {
		config.RuntimeParams["statement_timeout"], config.RuntimeParams["idle_in_transaction_session_timeout"] = "0", "0"
	}
	if !s.o.ReadOnly {
		s.write = openWriter(*config)
		s.write.SetMaxOpenConns(1)
		if !s.o.NoMigrate {
			if _, err := s.write.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS "`+schema+`"`); err != nil {
				return fmt.Errorf("create schema %s: %w", schema, err)
			}
		}
	}
	reading := config.Copy()
	reading.RuntimeParams["default_transaction_read_only"] = "on"
	reading.RuntimeParams["enable_bitmapscan"] = "off" // it finds all there are, where a list shows the first
	s.read = stdlib.OpenDB(*reading, stdlib.OptionAfterConnect(checkSession))
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
	finding := reading.Copy()
	finding.RuntimeParams["enable_bitmapscan"] = "on" // words are found in no other way
	finding.RuntimeParams["enable_seqscan"] = "off"
	finding.RuntimeParams["work_mem"] = "16MB"
	s.find = stdlib.OpenDB(*finding, stdlib.OptionAfterConnect(checkSession))
	s.find.SetMaxOpenConns(finders)
	s.find.SetMaxIdleConns(finders)
	if err := s.read.PingContext(ctx); err != nil {
		return fmt.Errorf("open the database: %w", err) // the address holds a password
	}
	return nil
}

// postgresConfig reads an address; its schema becomes the only one searched.
func postgresConfig(dsn string) (*pgx.ConnConfig, string, error) {
	address, err := url.Parse(dsn)
	if err != nil {
		return nil, "", errors.New("the address of the database cannot be read")
	}
	values := address.Query()
	schema := values.Get("schema")
	if schema == "" {
		schema = "public"
	}
	if !schemaName.MatchString(schema) {
		return nil, "", fmt.Errorf("schema %q: small letters, digits and _ only", schema)
	}
	values.Del("schema")
	address.RawQuery = values.Encode()
	config, err := pgx.ParseConfig(address.String())
	if err != nil {
		return nil, "", fmt.Errorf("the address of the database: %w", err)
	}
	for name, value := range guard {
		config.RuntimeParams[name] = value
	}
	config.RuntimeParams["search_path"] = schema
	config.RuntimeParams["application_name"] = "parley " + schema
	return config, schema, nil
}

// checkSession refuses a server that would acknowledge what is not on its disk.
func checkSession(ctx context.Context, c *pgx.Conn) error {
	for _, name := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := c.QueryRow(ctx, "SHOW "+name).Scan(&value); err != nil {
			return fmt.Errorf("show %s: %w", name, err)
		}
		if value != "on" {
			return fmt.Errorf("PostgreSQL setting %s is %s, not on: acknowledged data would not be safe", name, value)
		}
	}
	version := c.PgConn().ParameterStatus("server_version")
	var number string
	if err := c.QueryRow(ctx, "SHOW server_version_num").Scan(&number); err != nil {
		return fmt.Errorf("show server_version_num: %w", err)
	}
	if n, err := strconv.Atoi(number); err != nil || n < postgresOldest {
		return fmt.Errorf("PostgreSQL %s is too old: %d or newer is needed", version, postgresOldest/10000)
	}
	return nil
}

// trigrams has PostgreSQL find parts of words, which it does with an extension of
// its own, and lets the next steps name it wherever it is. reset takes that back.
func (s *Store) trigrams(ctx context.Context) (reset func(context.Context) error, err error) {
	if s.d != postgres {
		return func(context.Context) error { return nil }, nil
	}
	v := View{q: s.write, d: s.d}
	home := func() (string, error) {
		return one(ctx, v, scalar[string], `
			SELECT n.nspname
			FROM pg_extension e
			JOIN pg_namespace n ON n.oid = e.extnamespace
			WHERE e.extname = 'pg_trgm'`)
	}
	at, err := home()
	if errors.Is(err, parley.ErrNotFound) {
		_, made := s.write.ExecContext(ctx, `CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA pg_catalog`)
		if at, err = home(); err != nil { // another process may have made it meanwhile
			return nil, fmt.Errorf("the search needs PostgreSQL's extension pg_trgm, and this user cannot make it; "+
				"have an administrator run CREATE EXTENSION pg_trgm in this database (Debian: package postgresql-contrib): %w", errors.Join(made, err))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("ask for pg_trgm: %w", err)
	}
	_, err = one(ctx, v, scalar[string], `
		SELECT set_config('search_path', current_schema() || ', ' || quote_ident($1), FALSE)`, at)
	return func(ctx context.Context) error {
		_, err := s.write.ExecContext(ctx, `RESET search_path`)
		return err
	}, err
}
