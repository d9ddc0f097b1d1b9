package center

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// BenchmarkDeliver is how fast messages of many conversations go out: two commits
// each, shared with others. Unit: messages per second.
func BenchmarkDeliver(b *testing.B) {
	w := &wire{}
	w.afresh()
	x := &town{dsn: b.TempDir() + "/center.db", clock: &hand{now: storetest.Day}, networks: map[string]channel.Channel{"wire": fast{w}}}
	x.t = &testing.T{}
	s, err := store.Open(b.Context(), x.dsn, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	l, err := ledger.Open(b.Context(), s, ledger.Options{Clock: parley.NewSystemClock()})
	if err != nil {
		b.Fatal(err)
	}
	gone := make(chan struct{}, b.N+1)
	c, err := New(b.Context(), Rooms{Ledger: l, Store: s, Clock: parley.NewSystemClock(), Channels: x.networks, Seal: testSeal})
	if err != nil {
		b.Fatal(err)
	}
	l.Subscribe(func(batch []parley.Entry) {
		for _, e := range batch {
			if e.Kind == parley.KindDeliveryChanged {
				gone <- struct{}{}
			}
		}
	})
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	go func() { _ = l.Run(ctx) }()
	const talks = 500
	do := func(rows func(r *store.Rows)) {
		err := l.Do(b.Context(), ledger.Command{Name: "bench", Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) { rows(r) }}, nil
		}})
		if err != nil {
			b.Fatal(err)
		}
	}
	do(func(r *store.Rows) {
		r.SaveQueue(queueOf("que_support", time.Minute))
		r.SaveEntryPoint(parley.EntryPoint{ID: "ent_wire", Channel: parley.WhatsApp, Provider: "wire", Queue: "que_support", Enabled: true, Rev: 1})
		for i := range talks {
			id := parley.ConversationID(fmt.Sprintf("con_%d", i))
			r.AddConversation(parley.Conversation{ID: id, EntryPoint: "ent_wire", Channel: parley.WhatsApp, Address: zoes, ClientID: string(id)}, string(id), time.Time{})
			r.AddKey("ent_wire", store.Keyed{Key: parley.Key{Kind: parley.KeyPhone, Value: parley.Address(fmt.Sprint(i))}, Conversation: id})
		}
	})
	b.ResetTimer()
	for n := 0; n < b.N; n += 100 {
		do(func(r *store.Rows) {
			for i := n; i < min(n+100, b.N); i++ {
				id := parley.NewID("msg", r.Now())
				c.sayOut(r, &parley.Message{
					ID: parley.MessageID(id), Conversation: parley.ConversationID(fmt.Sprintf("con_%d", i%talks)), Sender: parley.FromAgent,
					ClientID: id, Text: "Hello", At: r.Now(),
				})
			}
		})
	}
	for range b.N {
		<-gone
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

// fast is a wire that answers at once.
type fast struct{ *wire }

func (fast) Send(_ context.Context, _ parley.EntryPoint, m parley.Outbound) (string, error) {
	return "fast." + channel.Ref(m), nil
}
