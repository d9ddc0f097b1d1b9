// Package verify proves that a center's stored data obeys the rules: it looks at
// the rows, and plays the whole log again.
package verify

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"parley"
	"parley/internal/routing"
	"parley/internal/store"
)

// Violation is a rule that stored data breaks, with the record that breaks it.
type Violation struct {
	Rule   string // INV-05
	Record string // an id; a number of the log
	Says   string
}

// String is one line of a report.
func (v Violation) String() string { return v.Rule + " " + v.Record + ": " + v.Says }

// Most is how many violations are looked for: more tell nothing new.
const Most = 1000

// Verify returns every invariant that a center breaks, as
// far as its data can tell, all as of one moment.
func Verify(ctx context.Context, s *store.Store) ([]Violation, error) {
	var all []Violation
	damaged, err := s.Integrity(ctx)
	if err != nil {
		return nil, fmt.Errorf("integrity: %w", err)
	}
	for _, d := range damaged {
		all = append(all, Violation{Rule: "R-08", Record: "file", Says: d})
	}
	err = s.Snapshot(ctx, func(v store.View, _ int64) error {
		breaches, err := v.Check(ctx)
		if err != nil {
			return err
		}
		for _, b := range breaches {
			all = append(all, Violation(b))
		}
		p := &past{state: routing.New(), receipts: map[parley.ConversationID]receipt{}}
		if p.kept, err = v.RouterStatesAt(ctx); err != nil {
			return err
		}
		if err := p.play(ctx, v); err != nil {
			return err
		}
		all = append(all, p.found...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	return all, nil
}

// page is how many log rows are held at a time.
const page = 1000

// play evaluates every log row after those before it, and then compares what the
// router must remember with what the rows say.
func (p *past) play(ctx context.Context, v store.View) error {
	for after := int64(0); ; {
		entries, err := v.Entries(ctx, after, page)
		if err != nil {
			return err
		}
		for _, e := range entries {
			after = e.N
			if !p.see(e) {
				return nil
			}
			if err := p.recall(ctx, v, e.N); err != nil {
				return err
			}
		}
		if len(entries) < page {
			return p.compare(ctx, v)
		}
	}
}

// compare holds the replayed router against the rows.
func (p *past) compare(ctx context.Context, v store.View) error {
	p.settle()
	for _, n := range p.kept {
		p.say("INV-03", fmt.Sprintf("router kept after entry %d", n), "the log has no such row")
	}
	saved, err := v.LoadRouter(ctx)
	if err != nil {
		return err
	}
	loaded, err := routing.Load(saved)
	if err != nil {
		p.say("INV-03", "router", "the rows make no router: %v", err)
		return nil
	}
	if err := p.state.Check(); err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			p.say("INV-03", "router", "%s", line)
		}
	}
	return p.same(loaded.Snapshot(), func(record, got, want string) {
		p.say("INV-03", record, "the rows say %s, the log says %s", got, want)
	})
}

// recall holds the router that is kept after a row, if one is, against the one
// that the log makes.
func (p *past) recall(ctx context.Context, v store.View, n int64) error {
	if len(p.kept) == 0 || p.kept[0] != n {
		return nil
	}
	p.kept = p.kept[1:]
	kept, err := v.RouterState(ctx, n)
	if err != nil {
		return err
	}
	return p.same(kept.Snapshot, func(record, got, want string) {
		p.say("INV-03", fmt.Sprintf("router kept after entry %d", n), "of %s it says %s, the log says %s", record, got, want)
	})
}

// same tells each record of which a snapshot says something else than the log.
func (p *past) same(sn routing.Snapshot, differs func(record, got, want string)) error {
	got, err := parts(sn)
	if err != nil {
		return err
	}
	want, err := parts(p.state.Snapshot())
	if err != nil {
		return err
	}
	for record, says := range want {
		if got[record] != says {
			differs(record, cmp.Or(got[record], "nothing"), says)
		}
		delete(got, record)
	}
	for record, says := range got {
		differs(record, says, "nothing")
	}
	return nil
}

// parts writes each record of a snapshot so that two can be compared.
func parts(s routing.Snapshot) (map[string]string, error) {
	all := map[string]any{"settings": s.Settings, "counters": []int64{s.Config, s.Number}}
	for _, a := range s.Agents {
		all[string(a.ID)] = a
	}
	for _, q := range s.Queues {
		q.LastOfferSeq = 0 // only its order means anything
		all[string(q.ID)] = q
	}
	for _, m := range s.Memberships {
		all[string(m.Agent)+" in "+string(m.Queue)] = m
	}
	for _, i := range s.Interactions {
		if len(i.Required) == 0 {
			i.Required = nil
		}
		all[string(i.ID)] = i
	}
	for _, o := range s.Offers {
		all[o.ID.String()] = o
	}
	said := map[string]string{}
	for record, v := range all {
		b, err := json.Marshal(v)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", record, err)
		}
		said[record] = string(b)
	}
	return said, nil
}
