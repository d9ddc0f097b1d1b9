package drill

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"parley/internal/drill/people"
)

// book is the ledger of the people themselves: what each sent and what was
// acknowledged. Every text is unique.
type book struct {
	mu       sync.Mutex
	sent     map[string]bool
	acked    map[string]people.Ack
	visitors []*people.Visitor
}

func newBook() *book { return &book{sent: map[string]bool{}, acked: map[string]people.Ack{}} }

func (b *book) intend(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent[text] = true
}

func (b *book) ack(text string, a people.Ack) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.acked[text] = a
}

func (b *book) meet(v *people.Visitor) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.visitors = append(b.visitors, v)
}

// audit compares the books with every conversation as its visitor reads it.
func (b *book) audit(ctx context.Context, t *testing.T) {
	t.Helper()
	seen := map[string]people.Ack{}
	total := 0
	for _, v := range b.visitors {
		messages, err := v.Messages(ctx)
		if err != nil {
			t.Errorf("read %s back: %v", v.Conversation, err)
			continue
		}
		total += len(messages)
		for i, m := range messages {
			if m.Seq != int64(i+1) {
				t.Errorf("P3: %s has seq %d at place %d", v.Conversation, m.Seq, i+1)
			}
			if m.Sender == "system" {
				continue
			}
			if _, twice := seen[m.Text]; twice {
				t.Errorf("P2: %q is there twice", m.Text)
			}
			if !b.sent[m.Text] {
				t.Errorf("phantom: nobody sent %q", m.Text)
			}
			seen[m.Text] = people.Ack{ID: m.ID, Seq: m.Seq}
		}
	}
	for text, ack := range b.acked {
		switch got, ok := seen[text]; {
		case !ok:
			t.Errorf("P1: %q was acknowledged as %s and is lost", text, ack.ID)
		case got != ack:
			t.Errorf("P3: %q was acknowledged as %v and is %v", text, ack, got)
		}
	}
	if len(b.acked) == 0 || total == 0 {
		t.Error("nothing was sent: the drill proved nothing")
	}
	t.Logf("%d conversations, %d messages, %d acknowledged, 0 lost, 0 twice", len(b.visitors), total, len(b.acked))
}

// known returns what has been acknowledged so far.
func (b *book) known() map[string]people.Ack {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.acked)
}

// guests returns those who have come so far.
func (b *book) guests() []*people.Visitor {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.visitors)
}

func unique(who string, n int) string { return fmt.Sprintf("%s says number %d", who, n) }
