package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"parley"
	"parley/internal/drill/people"
)

// network is what measures of networks need besides the town.
type network struct {
	*town
	phones *people.Phones
	at     people.Network
	entry  string
}

// connect adds a simulated network to a town.
func (t *town) connect(ctx context.Context, provider string) (*network, error) {
	phones, err := people.NewPhones(ctx, 1)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(people.Networks, func(n people.Network) bool { return n.Provider == provider })
	n := &network{town: t, phones: phones, at: people.Networks[i]}
	n.entry, err = phones.Connect(ctx, t.ada, n.at, t.queue)
	return n, err
}

// number is the phone number of the i-th customer, without the plus.
func number(i int) string { return fmt.Sprintf("1514%07d", 2_010_000+i) }

// post sends one message of a customer as WhatsApp does, signed, and returns the
// status of the answer.
func (n *network) post(w *wire, customer int, id string, due time.Time) (int, error) {
	text := fmt.Sprintf("due %d %s", due.UnixNano(), strings.Repeat("x", textLength-24))
	body := fmt.Appendf(nil, `{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{"messaging_product":"whatsapp",`+
		`"metadata":{"display_phone_number":"15145550301","phone_number_id":"%s"},"contacts":[{"profile":{"name":"Guest %d"},"wa_id":"%s"}],`+
		`"messages":[{"from":"%[3]s","id":"%[4]s","timestamp":"%[5]d","type":"text","text":{"body":"%[6]s"}}]},"field":"messages"}]}]}`,
		n.at.Settings["phone_number_id"], customer, number(customer), id, due.Unix(), text)
	mac := hmac.New(sha256.New, []byte(n.at.Secrets["app_secret"]))
	mac.Write(body)
	return w.do("POST", "/in/whatsapp/"+n.entry, "X-Hub-Signature-256: sha256="+hex.EncodeToString(mac.Sum(nil))+"\r\n", body)
}

// hookRate is how many webhooks a second the whole must take, slowCommit how slow
// its database is then.
//
// Source: R-44, S-08.
const (
	hookRate   = 500
	slowCommit = 50 * time.Millisecond
)

// webhooks is R-44: customers of a network write faster than a slow database
// commits one by one. What is answered is on the disk, so the backlog is what is
// not answered yet when the last is due.
func webhooks(ctx context.Context, b *bench) error {
	return b.onNetwork(ctx, "whatsapp", func(ctx context.Context, name string, t *town, n *network) error {
		t.server.Stop()
		t.server.Env = append(t.server.Env, "PARLEY_FAULT=slow_commit:"+slowCommit.String())
		if err := t.server.Start(ctx); err != nil {
			return err
		}
		var (
			f    = flow{measure: time.Now().Add(b.warm)}
			mu   sync.Mutex
			kept []string
		)
		began := time.Now()
		p := pace{host: host(t), rate: hookRate, wires: 512, warm: b.warm, length: b.length}
		err := p.run(ctx, func(w *wire, i int, due time.Time) error {
			id := fmt.Sprintf("wamid.bench%08d", i)
			status, err := n.post(w, i%conversations, id, due)
			if err == nil && f.answered(status, due) {
				mu.Lock()
				kept = append(kept, id)
				mu.Unlock()
			}
			return err
		})
		if err != nil {
			return err
		}
		after := time.Since(began) - b.warm - b.length
		t.server.Env = nil
		note, err := n.readBack(ctx, kept)
		b.report.add(row{
			what: fmt.Sprintf("%s, %d signed webhooks/s, each commit %s slower: answered", name, hookRate, slowCommit),
			got:  f.acked.String() + ", longest " + short(f.acked.at(100)), target: "p99 1 s, none over 3 s",
			note: note + fmt.Sprintf("; the last was answered %s after it was due", short(max(0, after))),
		})
		return err
	})
}

// onNetwork runs a step on each database, with an entry point at a provider.
func (b *bench) onNetwork(ctx context.Context, provider string, run func(ctx context.Context, name string, t *town, n *network) error) error {
	return b.onEach(ctx, func(ctx context.Context, name, database string) error {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		t, err := open(ctx, b, database, 0)
		if err != nil {
			return err
		}
		defer t.close()
		n, err := t.connect(ctx, provider)
		if err != nil {
			return err
		}
		return run(ctx, name, t, n)
	})
}

// readBack stops the server and looks up which ids its database holds.
func (n *network) readBack(ctx context.Context, ids []string) (string, error) {
	n.server.Stop()
	s, err := lead(ctx, n.dsn())
	if err != nil {
		return "", err
	}
	defer s.Close()
	found := 0
	for piece := range slices.Chunk(ids, 500) {
		kept, err := s.View().Externals(ctx, parley.EntryPointID(n.entry), piece)
		if err != nil {
			return "", err
		}
		found += len(kept)
	}
	if found != len(ids) {
		return fmt.Sprintf("**%d answered, %d read back**", len(ids), found), nil
	}
	return fmt.Sprintf("all %d answered were read back, once each", found), nil
}

// screenRate is how many messages of customers a second agents watch come.
//
// Source: S-09.
const screenRate = 200

// screen measures from the event of a network to the socket of the agent who
// serves that customer.
func screen(ctx context.Context, b *bench) error {
	return b.onNetwork(ctx, "whatsapp", func(ctx context.Context, name string, t *town, n *network) error {
		f := &flow{measure: time.Now().Add(time.Hour)} // greetings do not count
		if err := t.listen(ctx, 10, f); err != nil {
			return err
		}
		const customers = 200 // ten agents hold twenty each
		hello, err := dial(host(t))
		if err != nil {
			return err
		}
		defer hello.conn.Close()
		for i := range customers {
			if status, err := n.post(hello, i, fmt.Sprintf("wamid.hello%d", i), time.Unix(1, 0)); err != nil || status != 200 {
				return fmt.Errorf("hello: %d, %w", status, err)
			}
		}
		time.Sleep(5 * time.Second) // every offer is accepted
		f.measure = time.Now().Add(b.warm)
		p := pace{host: host(t), rate: screenRate, wires: 64, warm: b.warm, length: b.length}
		err = p.run(ctx, func(w *wire, i int, due time.Time) error {
			status, err := n.post(w, i%customers, fmt.Sprintf("wamid.screen%08d", i), due)
			if err == nil {
				f.answered(status, due)
			}
			return err
		})
		if err != nil {
			return err
		}
		time.Sleep(time.Second)
		b.report.add(row{what: fmt.Sprintf("%s, %d events/s of a network: on the agent's socket", name, screenRate), got: f.seen.String(), target: "p99 200 ms",
			note: fmt.Sprintf("answered: %s; 10 agents hold %d customers", f.acked.String(), customers)})
		return nil
	})
}
