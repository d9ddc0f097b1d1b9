package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"parley/internal/drill/people"
	"parley/internal/simulator"
)

// outboundRate is how many messages a second agents write to customers of one
// network.
const outboundRate = 1000

// seat is one conversation with its agent, who writes one line at a time.
type seat struct {
	interaction string
	cookie      string
	busy        sync.Mutex // guards said, and keeps lines in order
	said        int        // lines begun
}

// outbound measures from an agent's line, through the server and the client code
// of a network, to the customer's phone.
func outbound(ctx context.Context, b *bench) error {
	const provider = "twilio" // it names no rate of its own
	return b.onNetwork(ctx, provider, func(ctx context.Context, name string, t *town, n *network) error {
		fine := simulator.Fine()
		fine.Receipts = false
		if err := n.phones.SetWeather(n.at.Account(), fine); err != nil {
			return err
		}
		seats, err := n.seat(ctx)
		if err != nil {
			return err
		}
		f := &flow{measure: time.Now().Add(b.warm)}
		p := pace{host: host(t), rate: outboundRate, wires: 256, warm: b.warm, length: b.length}
		err = p.run(ctx, func(w *wire, i int, due time.Time) error {
			s := seats[i%len(seats)]
			s.busy.Lock()
			defer s.busy.Unlock()
			s.said++
			text := fmt.Sprintf("due %d line %d", due.UnixNano(), s.said)
			body := fmt.Appendf(nil, `{"client_id":"%s","text":"%s"}`, uuid.NewString(), text)
			status, err := w.do("POST", "/api/interactions/"+s.interaction+"/messages", s.cookie, body)
			if err == nil {
				f.answered(status, due)
			}
			return err
		})
		if err != nil {
			return err
		}
		ended := time.Now()
		count := n.arrive(ctx, f, 2*b.length)
		b.report.add(row{what: fmt.Sprintf("%s, %d lines/s of agents: acknowledged", name, outboundRate), got: f.acked.String(), note: fmt.Sprintf("%d conversations", len(seats))})
		b.report.add(row{what: fmt.Sprintf("%s, %d lines/s of agents: on the customer's phone", name, outboundRate), got: f.seen.String(), target: "none out of order",
			note: count.String() + "; the last arrived " + short(max(0, count.last.Sub(ended))) + " after the last was written"})
		return nil
	})
}

// seat hires agents and has a thousand customers write, each to one of them.
func (n *network) seat(ctx context.Context) ([]*seat, error) {
	const each = 20
	var (
		mu    sync.Mutex
		seats []*seat
		wg    sync.WaitGroup
	)
	if err := n.hire(ctx, conversations/each, each); err != nil {
		return nil, err
	}
	err := n.follow(ctx, &wg, 0, func(a *people.Agent, f people.Frame) {
		accept(ctx, a, f, func(interaction string) {
			mu.Lock()
			defer mu.Unlock()
			seats = append(seats, &seat{interaction: interaction, cookie: cookies(a)})
		})
	})
	if err != nil {
		return nil, err
	}
	for _, a := range n.staff {
		if err := a.Ready(ctx); err != nil {
			return nil, err
		}
	}
	var g errgroup.Group
	g.SetLimit(32)
	for i := range conversations {
		g.Go(func() error {
			_, err := n.phones.Say(ctx, simulator.In{Account: n.at.Account(), From: "+" + number(i), Kind: "text", Text: "Hello"})
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	taken := func() []*seat { mu.Lock(); defer mu.Unlock(); return seats }
	for end := time.Now().Add(time.Minute); len(taken()) < conversations; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(end) {
			return nil, fmt.Errorf("%d of %d customers are served", len(taken()), conversations)
		}
	}
	return taken(), nil
}

// cookies is the header of an agent's session.
func cookies(a *people.Agent) string {
	u, err := url.Parse(a.Base)
	if err != nil {
		return ""
	}
	var all []string
	for _, c := range a.HTTP.Jar.Cookies(u) {
		all = append(all, c.Name+"="+c.Value)
	}
	return "Cookie: " + strings.Join(all, "; ") + "\r\nOrigin: " + a.Base + "\r\n"
}

// arrivals counts what the phones show.
type arrivals struct {
	shown    int
	expected int
	twice    int
	reversed int
	last     time.Time
}

// String says what is wrong in bold.
func (a arrivals) String() string {
	if a.shown != a.expected || a.twice+a.reversed > 0 {
		return fmt.Sprintf("**%d acknowledged, %d shown, %d twice, %d out of order**", a.expected, a.shown, a.twice, a.reversed)
	}
	return fmt.Sprintf("all %d acknowledged are shown once and in order", a.expected)
}

// arrive waits until all that was acknowledged is shown, or for so long, and
// notes when each line of f came.
func (n *network) arrive(ctx context.Context, f *flow, most time.Duration) arrivals {
	got := arrivals{}
	for end := time.Now().Add(most); ; time.Sleep(100 * time.Millisecond) {
		got = n.shown()
		if got.expected = int(f.sent.Load()); got.shown >= got.expected || time.Now().After(end) || ctx.Err() != nil {
			break
		}
	}
	for i := range conversations {
		for _, m := range n.phones.Sees(n.at.Account(), "+"+number(i)) {
			nanos, _, ok := spoken(m)
			if due := time.Unix(0, nanos); ok && due.After(f.measure) {
				f.seen.took(max(0, time.UnixMilli(m.At).Sub(due)))
			}
		}
	}
	return got
}

// shown looks at every phone.
func (n *network) shown() (a arrivals) {
	for i := range conversations {
		before := 0
		for _, m := range n.phones.Sees(n.at.Account(), "+"+number(i)) {
			_, line, ok := spoken(m)
			if !ok {
				continue
			}
			a.shown++
			switch {
			case line == before:
				a.twice++
			case line < before:
				a.reversed++
			}
			before = line
			if at := time.UnixMilli(m.At); at.After(a.last) {
				a.last = at
			}
		}
	}
	return a
}

// spoken reads when an agent's line was due and which of the conversation it is.
func spoken(m simulator.Message) (nanos int64, line int, ok bool) {
	words := strings.Fields(m.Text)
	if m.From != simulator.FromCenter || len(words) != 4 || words[0] != "due" {
		return 0, 0, false
	}
	nanos, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil {
		return 0, 0, false
	}
	line, err = strconv.Atoi(words[3])
	return nanos, line, err == nil
}
