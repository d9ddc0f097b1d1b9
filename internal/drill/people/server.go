package people

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// Server is a real parley process that an operator starts, kills and starts again.
type Server struct {
	Bin      string
	Data     string   // folder
	Database string   // postgres://... or "" for SQLite in Data
	Prefix   []string // what runs it: strace and its options
	Env      []string
	Args     []string // more flags of serve
	Metrics  string   // address of /metrics, "" for none
	URL      string

	cmd   *exec.Cmd
	ended chan struct{} // closed when cmd has been reaped
	out   *tail
}

// Start starts the process on its address (a free one at first) and waits until
// it serves. It fails if the process ends first, with what that printed.
func (s *Server) Start(ctx context.Context) error {
	if s.URL == "" {
		port, err := FreePort()
		if err != nil {
			return err
		}
		s.URL = fmt.Sprintf("http://127.0.0.1:%d", port)
	}
	words := append(append([]string{}, s.Prefix...), s.Bin, "serve", "--demo", "--data", s.Data, "--listen", s.URL[len("http://"):], "--metrics-listen", cmp.Or(s.Metrics, "off"))
	if s.Database != "" {
		words = append(words, "--database", s.Database)
	}
	words = append(words, s.Args...)
	s.out = &tail{}
	s.cmd = exec.Command(words[0], words[1:]...)
	s.cmd.Env = append(os.Environ(), s.Env...)
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan struct{}) { _ = cmd.Wait(); close(ended) }(s.cmd, s.ended)
	for {
		if s.ready(ctx) {
			return nil
		}
		select {
		case <-s.ended:
			return fmt.Errorf("the server ended: %s", s.out)
		case <-ctx.Done():
			return errors.Join(ctx.Err(), fmt.Errorf("not serving yet: %s", s.out))
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func (s *Server) ready(ctx context.Context) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/readyz", nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// Pid returns the process id.
func (s *Server) Pid() int { return s.cmd.Process.Pid }

// Kill is kill -9, of the process and what runs it.
func (s *Server) Kill() {
	_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
	s.Wait()
}

// Stop asks the process to end and waits for it.
func (s *Server) Stop() int {
	_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGTERM)
	return s.Wait()
}

// Wait waits for the end of the process and returns its exit code, -1 for a signal.
func (s *Server) Wait() int {
	<-s.ended
	return s.cmd.ProcessState.ExitCode()
}

// Ended reports whether the process has ended.
func (s *Server) Ended() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// Output returns the last that the process printed.
func (s *Server) Output() string { return s.out.String() }

// Run runs another command of the binary on the server's data and returns what it printed.
func (s *Server) Run(ctx context.Context, command string, args ...string) (string, error) {
	words := append([]string{command, "--data", s.Data}, args...)
	if s.Database != "" {
		words = append(words, "--database", s.Database)
	}
	out, err := exec.CommandContext(ctx, s.Bin, words...).CombinedOutput()
	return string(out), err
}

// The ports drills take: below those the system hands out by itself, so that
// nobody is given ours while our server is down.
const (
	portsFrom = 20_000
	portsTo   = 32_000
)

// lastPort is the one taken last; processes begin at places of their own.
var lastPort atomic.Int32

func init() { lastPort.Store(int32(os.Getpid() * 37 % (portsTo - portsFrom))) }

// FreePort returns a TCP port of the loopback address that was free just now,
// and that this process has not returned before.
func FreePort() (int, error) {
	for range portsTo - portsFrom {
		port := portsFrom + int(lastPort.Add(1))%(portsTo-portsFrom)
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, errors.New("no port is free")
}

// tail keeps the last of what was written.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// tailMax is how much is kept. Unit: bytes.
const tailMax = 64 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.buf.Len() > tailMax {
		t.buf.Next(t.buf.Len() - tailMax/2)
	}
	return t.buf.Write(p)
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.String()
}
