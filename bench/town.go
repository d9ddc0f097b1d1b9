package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/internal/drill/people"
)

// town is a server with the people a step needs. All of it is made through the
// same doors as anybody else's.
type town struct {
	server  *people.Server
	folder  string
	metrics string
	ada     *people.Agent
	queue   string
	entry   string
	staff   []*people.Agent
	closed  atomic.Bool // sockets that end now do so because the step is over
}

func drop(people.Frame) {}

// demoCRM is the demo's connection to a Dynamics that the server itself plays:
// the simulator's work would be measured as the server's.
const demoCRM = "/api/admin/crm-connections/crm_demo"

// open starts a server on a database ("" for SQLite) that already holds some
// messages, with the demo and a queue of its own without wrap-up.
func open(ctx context.Context, b *bench, database string, messages int) (*town, error) {
	folder, err := os.MkdirTemp("", "parley-bench-")
	if err != nil {
		return nil, err
	}
	port, err := people.FreePort()
	if err != nil {
		return nil, err
	}
	bin, err := filepath.Abs(b.bin)
	if err != nil {
		return nil, err
	}
	t := &town{folder: folder, metrics: fmt.Sprintf("127.0.0.1:%d", port)}
	t.server = &people.Server{Bin: bin, Data: folder, Database: database, Env: []string{"PARLEY_LIMIT_SCALE=100000", "PARLEY_LOG_LEVEL=error"}, Metrics: t.metrics}
	if err := t.server.Start(ctx); err != nil {
		return nil, err
	}
	if err := t.furnish(ctx); err != nil {
		t.close()
		return nil, err
	}
	if messages > 0 {
		t.server.Stop()
		if err := seed(ctx, t.dsn(), t.entry, messages); err != nil {
			return nil, fmt.Errorf("seed: %w", err)
		}
		if err := t.server.Start(ctx); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *town) dsn() string {
	if t.server.Database != "" {
		return t.server.Database
	}
	return filepath.Join(t.folder, "parley.db")
}

func (t *town) close() {
	t.closed.Store(true)
	if !t.server.Ended() {
		t.server.Kill()
	}
	_ = os.RemoveAll(t.folder)
}

// furnish signs ada in and makes a queue, an entry point and room for 20 each.
func (t *town) furnish(ctx context.Context) (err error) {
	if t.ada, err = people.SignIn(ctx, t.server.URL, "ada", "demo"); err != nil {
		return err
	}
	if err := t.set(ctx, "cap.hard_max", 20); err != nil {
		return err
	}
	for _, grace := range []string{"resume.queue_grace_s", "resume.customer_grace_s"} { // customers here have no line
		if err := t.set(ctx, grace, 3600); err != nil {
			return err
		}
	}
	if err := t.ada.Do(ctx, "DELETE", demoCRM, nil, nil); err != nil {
		return fmt.Errorf("the demo's CRM: %w", err)
	}
	queue := map[string]any{"name": "Bench", "enabled": true, "priority": 5, "accept_interval_s": 600, "wrapup_s": 0, "no_agents": "wait"}
	var made struct{ ID string }
	if err := t.ada.Do(ctx, "POST", "/api/admin/queues", queue, &made); err != nil {
		return fmt.Errorf("queue: %w", err)
	}
	t.queue = made.ID
	var demo struct {
		Items []struct {
			Script map[string]any `json:"script"`
		}
	}
	if err := t.ada.Do(ctx, "GET", "/api/admin/entry-points", nil, &demo); err != nil || len(demo.Items) == 0 {
		return fmt.Errorf("the demo's entry points: %d, %w", len(demo.Items), err)
	}
	script := demo.Items[0].Script
	script["form"] = []any{}
	script["schedule"] = map[string]any{"zone": "UTC", "hours": []any{}} // always open
	entry := map[string]any{"channel": "webchat", "name": "Bench", "enabled": true, "queue_id": t.queue, "script": script}
	if err := t.ada.Do(ctx, "POST", "/api/admin/entry-points", entry, &made); err != nil {
		return fmt.Errorf("entry point: %w", err)
	}
	t.entry = made.ID
	return nil
}

// set gives the center's setting a value.
func (t *town) set(ctx context.Context, key string, value int) error {
	in := map[string]any{"values": []map[string]any{{"scope": "tenant", "scope_id": "", "key": key, "value": value}}}
	if err := t.ada.Do(ctx, "PUT", "/api/admin/settings", in, nil); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	return nil
}

// hire makes more agents who are members of the queue and signs them in.
func (t *town) hire(ctx context.Context, many, capacity int) error {
	var group struct{ Items []struct{ ID string } }
	if err := t.ada.Do(ctx, "GET", "/api/admin/groups", nil, &group); err != nil {
		return err
	}
	before := len(t.staff)
	t.staff = append(t.staff, make([]*people.Agent, many)...)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(2)
	for i := before; i < before+many; i++ {
		g.Go(func() error {
			login := fmt.Sprintf("bench%d", i)
			in := map[string]any{"login": login, "display_name": login, "email": login + "@example.com", "role": "agent", "group_id": group.Items[0].ID,
				"enabled": true, "capacity": capacity, "language": "en", "password": "bench password", "skills": []any{},
				"memberships": []map[string]any{{"queue_id": t.queue, "level": 50, "assigned": true, "enabled": true}}}
			if err := t.ada.Do(ctx, "POST", "/api/admin/agents", in, nil); err != nil {
				return fmt.Errorf("hire: %w", err)
			}
			a, err := people.SignIn(ctx, t.server.URL, login, "bench password")
			t.staff[i] = a
			return err
		})
	}
	return g.Wait()
}

// looked is after how long the server has looked for the lines of who began, and
// noted that they have none: what is measured comes after it.
const looked = 12 * time.Second

// guests begins many conversations.
func (t *town) guests(ctx context.Context, many int) ([]*people.Visitor, error) {
	all := make([]*people.Visitor, many)
	share := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	g, begin := errgroup.WithContext(ctx)
	g.SetLimit(32)
	for i := range many {
		all[i] = people.NewVisitor(t.server.URL, fmt.Sprintf("guest%d", i))
		all[i].HTTP = share
		g.Go(func() error { return all[i].Begin(begin, t.entry, "") })
	}
	err := g.Wait()
	select {
	case <-ctx.Done():
	case <-time.After(looked):
	}
	return all, err
}

// follow lets the agents from a number on read the news. Offers are accepted by
// take's caller.
func (t *town) follow(ctx context.Context, wg *sync.WaitGroup, from int, take func(a *people.Agent, f people.Frame)) error {
	for _, a := range t.staff[from:] {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for ctx.Err() == nil { // what changes for everybody asks for a new snapshot
				s, err := a.Snapshot(ctx)
				for _, i := range s.Interactions {
					take(a, people.Frame{Events: []people.Event{{Type: "offer_made", Interaction: &i}}})
				}
				if err == nil {
					_, err = a.Follow(ctx, s.N, func(f people.Frame) { take(a, f) })
				}
				if t.closed.Load() {
					return
				}
				if ctx.Err() == nil && !strings.HasPrefix(err.Error(), "frame from") {
					fmt.Fprintf(os.Stderr, "  %s reads no more: %v\n", a.Login, err)
					return
				}
			}
		}()
	}
	return t.await(ctx, len(t.staff))
}

// await waits until so many live connections are open.
func (t *town) await(ctx context.Context, many int) error {
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for t.sockets(limited) < many {
		select {
		case <-limited.Done():
			return fmt.Errorf("%d of %d live connections: %w", t.sockets(ctx), many, limited.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

// sockets asks how many are open.
func (t *town) sockets(ctx context.Context) int { return t.gauge(ctx, "parley_live_connections") }

// gauge asks the metrics for the sum of all that begin so; -1 while they do not say.
func (t *town) gauge(ctx context.Context, name string) int {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+t.metrics+"/metrics", nil)
	if err != nil {
		return -1
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return -1
	}
	defer answer.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(answer.Body); err != nil {
		return -1
	}
	sum, said := 0.0, false
	for line := range strings.Lines(text.String()) {
		if strings.HasPrefix(line, name) {
			words := strings.Fields(line)
			n, _ := strconv.ParseFloat(words[len(words)-1], 64)
			sum, said = sum+n, true
		}
	}
	if !said {
		return -1
	}
	return int(sum)
}
