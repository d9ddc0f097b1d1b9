package drill

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/drill/people"
	"parley/internal/simulator"
)

// phonesPerNetwork is how many customers write by each network.
const phonesPerNetwork = 2

// line is one customer's phone on one network.
type line struct{ account, who string }

// exchange is customers who write by networks, agents who answer, and what both
// know of it: the people's own ledger.
type exchange struct {
	*crowd
	phones *people.Phones
	ada    *people.Agent
	kills  int // of the server

	mu   sync.Mutex
	kept map[string]bool // what customers said; true: the network was told that we have it
}

// TestKillNetworks is with the real process: it is killed at
// random and at named points while customers write by networks, and agents answer
// them. What was acknowledged to a network is there once; what an agent sent is on
// the phone once, or is shown as unconfirmed and there once at most; and each
// phone shows the agent's lines in their order.
func TestKillNetworks(t *testing.T) {
	rounds := number(t, "PARLEY_ROUNDS", 20) / 2
	eachDatabase(t, func(t *testing.T, database string) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rounds+60)*10*time.Second)
		defer cancel()
		s := server(t, database)
		if err := s.Start(ctx); err != nil {
			t.Fatal(err)
		}
		x := connect(ctx, t, s)
		x.open(ctx, 0, "amy", "bob", "carol", "sam")
		x.write(ctx)
		x.killing(ctx, s, rounds)
		x.close()
		x.audit(ctx)
		clean(ctx, t, s)
	})
}

// killing kills the server round by round: while it sends, while it saves, and
// whenever it happens to be.
func (x *exchange) killing(ctx context.Context, s *people.Server, rounds int) {
	dice := rand.New(rand.NewPCG(2, uint64(rounds)))
	points := append([]string{"mid_send", "mid_send"}, faultPoints...)
	for round := range rounds {
		if round%2 == 1 { // the server kills itself at a named point
			await(ctx, x.t, s.Ended, 3*time.Second)
		} else {
			time.Sleep(time.Duration(100+dice.IntN(700)) * time.Millisecond)
		}
		s.Kill()
		x.kills++
		s.Env = nil
		if round%2 == 0 {
			s.Env = []string{fmt.Sprintf("PARLEY_FAULT=%s:%d", points[round/2%len(points)], 1+dice.IntN(20))}
		}
		for s.Start(ctx) != nil && ctx.Err() == nil {
			s.Env = nil // it reached the point before it served
		}
	}
	s.Kill()
	s.Env = nil
	if err := s.Start(ctx); err != nil {
		x.t.Fatal(err)
	}
}

// connect sets up every network at a simulator that outlives the server.
func connect(ctx context.Context, t *testing.T, s *people.Server) *exchange {
	t.Helper()
	x := &exchange{crowd: newCrowd(t, s.URL), kept: map[string]bool{}}
	var err error
	if x.phones, err = people.NewPhones(ctx, 600); err != nil {
		t.Fatal(err)
	}
	if x.ada, err = people.SignIn(ctx, s.URL, "ada", "demo"); err != nil {
		t.Fatal(err)
	}
	var queues struct{ Items []struct{ ID, Name string } }
	if err := x.ada.Do(ctx, "GET", "/api/admin/queues", nil, &queues); err != nil {
		t.Fatal(err)
	}
	for _, q := range queues.Items {
		if q.Name != "Support" {
			continue
		}
		for _, n := range people.Networks {
			if _, err := x.phones.Connect(ctx, x.ada, n, q.ID); err != nil {
				t.Fatal(err)
			}
			stormy := simulator.Fine()
			if stormy.Statuses = simulator.StatusesTwice; n.Provider != "smpp" { // it numbers nothing: twice may be said twice
				stormy.Duplicate = 0.3
			}
			if err := x.phones.SetWeather(n.Account(), stormy); err != nil {
				t.Fatal(err)
			}
		}
	}
	return x
}

// lines are the phones of all networks.
func lines() (all []line) {
	for i, n := range people.Networks {
		for j := range phonesPerNetwork {
			who := fmt.Sprintf("1514555%02d%02d", 10+i, j)
			if strings.HasPrefix(n.Address, "+") && n.Provider != "whatsapp" { // it goes without
				who = "+" + who
			}
			all = append(all, line{n.Account(), who})
		}
	}
	return all
}

// write has every phone write until the doors close. A line that was not taken is
// the network's to bring again; the customer writes the next.
func (x *exchange) write(ctx context.Context) {
	for _, l := range lines() {
		x.guests.Add(1)
		go func() {
			defer x.guests.Done()
			for n := 1; n <= 30 && !x.leaving() && ctx.Err() == nil; n++ {
				text := unique(l.account+"/"+l.who, n)
				_, err := x.phones.Say(ctx, simulator.In{Account: l.account, From: l.who, Name: "Guest", Kind: "text", Text: text})
				x.mu.Lock()
				x.kept[text] = err == nil
				x.mu.Unlock()
				time.Sleep(300 * time.Millisecond)
			}
		}()
	}
}
