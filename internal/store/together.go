package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// write runs statements in their order. PostgreSQL gets as many together as need
// not be looked at in between.
func (t *Tx) write(ctx context.Context, ops []op) error {
	for len(ops) > 0 {
		n := 1
		if t.s.d == postgres {
			n += slices.IndexFunc(ops, func(x op) bool { return x.otherwise != nil })
		}
		if n == 0 {
			n = len(ops)
		}
		if err := t.together(ctx, ops[:n]); err != nil {
			return err
		}
		ops = ops[n:]
	}
	return nil
}

// together runs statements of which only the last may have another instead.
func (t *Tx) together(ctx context.Context, ops []op) error {
	if len(ops) == 1 {
		return t.exec(ctx, ops[0])
	}
	done, found := 0, int64(0)
	batch := &pgx.Batch{}
	for _, x := range ops {
		batch.Queue(x.query, x.args...).Exec(func(tag pgconn.CommandTag) error {
			done++
			found = tag.RowsAffected()
			return nil
		})
	}
	last := ops[len(ops)-1]
	if _, err := t.tx.ExecContext(ctx, firstLine(last.query), batch); err != nil {
		return fmt.Errorf("%s: %w", firstLine(ops[min(done, len(ops)-1)].query), err)
	}
	if last.otherwise == nil || found > 0 {
		return nil
	}
	return t.exec(ctx, *last.otherwise)
}

// openWriter opens a pool that takes a pgx.Batch as a statement's one argument, and
// sends it as one message: a round trip costs as much as the statement of a row.
func openWriter(config pgx.ConnConfig) *sql.DB {
	return sql.OpenDB(writerConnector{stdlib.GetConnector(config, stdlib.OptionAfterConnect(checkSession))})
}

type writerConnector struct{ driver.Connector }

// Connect opens a connection.
func (c writerConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	plain, ok := conn.(*stdlib.Conn)
	if !ok {
		return nil, fmt.Errorf("the driver's connection is %T", conn)
	}
	return &writerConn{plain}, nil
}

type writerConn struct{ *stdlib.Conn }

// ExecContext runs a statement, or those of a batch.
func (c *writerConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 1 {
		if batch, ok := args[0].Value.(*pgx.Batch); ok {
			return driver.RowsAffected(0), c.Conn.Conn().SendBatch(ctx, batch).Close()
		}
	}
	return c.Conn.ExecContext(ctx, query, args)
}
