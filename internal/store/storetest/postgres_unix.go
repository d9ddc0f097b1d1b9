//go:build unix

package storetest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// keeper runs a server until its own input ends, which it does when the test
// process is gone, however that ended; then it removes the server's folder.
const keeper = `
"$1" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
	-c max_connections=200 >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$2"`

// startWait is how long a server may take to start.
const startWait = time.Minute

// hold is the keeper's input, open until this process ends.
var hold io.WriteCloser //nolint:unused // it is held, not used

// startPostgres starts a server of its own in a folder of its own.
func startPostgres() (address string, err error) {
	dir, as, err := newFolder()
	if err != nil {
		return "", err
	}
	postgres, err := find("postgres")
	if err != nil {
		return "", err
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	keep := exec.Command("sh", "-c", keeper, "sh", postgres, dir, strconv.Itoa(port))
	keep.SysProcAttr, keep.Dir = as, dir
	if hold, err = keep.StdinPipe(); err != nil {
		return "", err
	}
	if err := keep.Start(); err != nil {
		return "", err
	}
	address = addressOf(port)
	if err := answers(address); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log")) // what there is of it
		return "", fmt.Errorf("%w: %s", err, log)
	}
	return address, nil
}

func addressOf(port int) string {
	return fmt.Sprintf("postgres://parley@127.0.0.1:%d/postgres?sslmode=disable", port)
}

// newFolder returns a folder with an empty cluster in data. PostgreSQL refuses
// root, so then it belongs to, and as runs as, another user.
func newFolder() (dir string, as *syscall.SysProcAttr, err error) {
	initdb, err := find("initdb")
	if err != nil {
		return "", nil, err
	}
	if dir, err = os.MkdirTemp("", "parley-postgres-"); err != nil {
		return "", nil, err
	}
	if as, err = unprivileged(dir); err != nil {
		return "", nil, err
	}
	init := exec.Command(initdb, "-D", filepath.Join(dir, "data"), "-U", "parley", "-A", "trust", "-E", "UTF8",
		"--locale=C", "--no-sync")
	init.SysProcAttr, init.Dir = as, dir
	if out, err := init.CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	return dir, as, nil
}

// find returns a program of PostgreSQL, which Debian keeps off the path.
func find(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	all, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(all) == 0 {
		return "", fmt.Errorf("%s is not installed", name)
	}
	return all[len(all)-1], nil
}

// unprivileged gives dir to a user who is not root, and says how to run as them.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	var who *user.User
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			who = u
			break
		}
	}
	if who == nil {
		return nil, errors.New("neither postgres nor nobody is a user here")
	}
	uid, err := strconv.Atoi(who.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(who.Gid)
	if err != nil {
		return nil, err
	}
	as := &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)} //nolint:gosec // ids of this machine
	return &syscall.SysProcAttr{Credential: as}, os.Chown(dir, uid, gid)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	addr, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		return 0, errors.New("not a TCP address")
	}
	return addr.Port, l.Close()
}

// answers waits until a server does.
func answers(address string) error {
	db, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was written through it
	ctx, cancel := context.WithTimeout(context.Background(), startWait)
	defer cancel()
	for {
		err := db.PingContext(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(50 * time.Millisecond):
		}
	}
}
