//go:build unix

package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// guard runs a server and asks it to end when this process is gone. It ends
// with the server.
const guard = `
"$1" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= >>"$2/log" 2>&1 &
server=$!
exec 3<&0
(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) &
wait $server`

// Cluster is a PostgreSQL server of one test, which stops and starts it.
type Cluster struct {
	Address  string
	dir      string
	port     int
	as       *syscall.SysProcAttr
	postgres string
	ended    chan struct{} // closed when the server has ended
	held     io.Closer     // the guard's input
}

// NewCluster starts a server that ends with the test.
func NewCluster(t testing.TB) *Cluster {
	t.Helper()
	c, err := newCluster()
	if err == nil {
		t.Cleanup(func() {
			if err := errors.Join(c.Stop(syscall.SIGQUIT), os.RemoveAll(c.dir)); err != nil {
				t.Error(err)
			}
		})
		err = c.Start(t.Context())
	}
	if err != nil {
		t.Fatalf("start PostgreSQL: %v", err)
	}
	return c
}

func newCluster() (*Cluster, error) {
	postgres, err := find("postgres")
	if err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	dir, as, err := newFolder()
	if err != nil {
		return nil, err
	}
	return &Cluster{Address: addressOf(port), dir: dir, port: port, as: as, postgres: postgres}, nil
}

// Start starts the server and waits until it answers. After a kill -9 it tries
// until the last of the old processes has noticed.
func (c *Cluster) Start(ctx context.Context) error {
	for {
		if err := c.launch(); err != nil {
			return err
		}
		up, err := c.up(ctx)
		if up || err != nil {
			return err
		}
	}
}

func (c *Cluster) launch() error {
	run := exec.Command("sh", "-c", guard, "sh", c.postgres, c.dir, strconv.Itoa(c.port))
	run.SysProcAttr, run.Dir = c.as, c.dir
	held, err := run.StdinPipe()
	if err != nil {
		return err
	}
	if err := run.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	c.held, c.ended = held, ended
	go func() {
		_ = run.Wait() // how it ended is in its log
		close(ended)
	}()
	return nil
}

// up waits until the server answers; false if it ended first.
func (c *Cluster) up(ctx context.Context) (bool, error) {
	db, err := sql.Open("pgx", c.Address)
	if err != nil {
		return false, err
	}
	defer func() { _ = db.Close() }() // nothing was written through it
	for {
		if db.PingContext(ctx) == nil {
			return true, nil
		}
		select {
		case <-c.ended:
			return false, ctx.Err()
		case <-ctx.Done():
			log, _ := os.ReadFile(filepath.Join(c.dir, "log")) // what there is of it
			return false, fmt.Errorf("%w: %s", ctx.Err(), log)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Stop ends the server and waits: SIGINT is a fast shutdown, SIGQUIT an
// immediate one, SIGKILL a crash. One that has ended stays so.
func (c *Cluster) Stop(how syscall.Signal) error {
	select {
	case <-c.ended:
		return nil // what its file says is nobody's now, or somebody else's
	default:
	}
	text, err := os.ReadFile(filepath.Join(c.dir, "data", "postmaster.pid"))
	if err != nil {
		return err
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	pid, err := strconv.Atoi(string(first))
	if err != nil {
		return err
	}
	err = syscall.Kill(pid, how)
	<-c.ended
	if closed := c.held.Close(); closed != nil && !errors.Is(closed, os.ErrClosed) {
		return errors.Join(err, closed)
	}
	return err
}
