package courier

import (
	"context"
	"encoding/json"
	"strings"
	"sync"

	"parley"
	"parley/internal/ledger"
	"parley/internal/routing"
	"parley/internal/settings"
	"parley/internal/store"
)

// pulse counts what goes out by each entry point between two beats, so that a
// thousand messages a second are not a thousand changes of one row.
type pulse struct {
	mu     sync.Mutex // guards the rest
	counts map[parley.EntryPointID]store.Beat
	ill    map[parley.EntryPointID]bool // it has a trouble that a message that goes ends
}

func (p *pulse) init() {
	p.counts, p.ill = map[parley.EntryPointID]store.Beat{}, map[parley.EntryPointID]bool{}
}

// sent counts a part that went; what was wrong is over.
func (p *pulse) sent(r *store.Rows, e parley.EntryPointID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.counts[e]
	b.Sent++
	p.counts[e] = b
	if p.ill[e] {
		delete(p.ill, e)
		r.SaveTrouble(e, "", "")
		r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(e)}) // who was told of it is told that it is over
	}
}

// failed counts a message that did not go.
func (p *pulse) failed(e parley.EntryPointID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.counts[e]
	b.Failed++
	p.counts[e] = b
}

// trouble notes that something is wrong.
func (p *pulse) trouble(e parley.EntryPointID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ill[e] = true
}

// isIll tells whether something is wrong.
func (p *pulse) isIll(e parley.EntryPointID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ill[e]
}

// take returns what was counted since it was asked last.
func (p *pulse) take() map[parley.EntryPointID]store.Beat {
	p.mu.Lock()
	defer p.mu.Unlock()
	counts := p.counts
	p.counts = map[parley.EntryPointID]store.Beat{}
	return counts
}

// beats saves what was counted.
func (c *Courier) beats(ctx context.Context) error {
	counts := c.pulse.take()
	if len(counts) == 0 {
		return nil
	}
	return c.ledger.Do(ctx, ledger.Command{
		Name: "beat",
		Plan: func(context.Context, ledger.View) (ledger.Plan, error) {
			return ledger.Plan{Rows: func(r *store.Rows, _ []routing.Event) {
				for e, b := range counts {
					r.Beat(e, b)
				}
			}}, nil
		},
	})
}

// Alarm is the data of a mail that tells whoever keeps the center running of an
// entry point. It holds ids and codes; the office knows words and addresses.
type Alarm struct {
	EntryPoint parley.EntryPointID `json:"entry_point"`
	Why        string              `json:"why"` // a channel.Code, or token
	To         int                 `json:"to"`  // which address of mail.maintenance
}

// mailAlarm lists a mail to each address of the maintenance list.
//
// Source: SOC-01.
func mailAlarm(r *store.Rows, b *Book, e parley.EntryPointID, why string) {
	for i := range strings.Fields(b.Values.Text("mail.maintenance", settings.At{})) {
		data, _ := json.Marshal(Alarm{e, why, i}) // plain data always can
		r.Outbox(store.Outbox{Kind: AlarmKind, Subject: string(e), Data: string(data)})
	}
}

// AlarmKind is the outbox kind of such a mail.
const AlarmKind = "alarm"
