package conformance

import (
	"errors"
	"maps"
	"testing"

	"parley"
	"parley/internal/channel"
)

// Fuzz gives the channel signed bodies that nobody thought of, beginning with
// those of the recordings: whatever is signed is taken, and whatever is taken has
// an id, a kind and somebody it is of.
//
// Source.
func (h Held) Fuzz(f *testing.F) {
	like := channel.Request{}
	for _, r := range Requests(f, h.In, h.Sign) {
		if r.Method != "POST" {
			continue
		}
		f.Add(r.Body)
		if _, err := h.Channel.Receive(h.In, r); err == nil {
			like = r
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		r := like
		r.Header, r.Body = maps.Clone(like.Header), body
		got, err := h.Channel.Receive(h.In, h.signed(h.In, r))
		if h.Inside && errors.Is(err, parley.ErrBadSignature) {
			return
		}
		if err != nil && (h.Never == nil || !h.Never(body)) {
			t.Fatalf("whatever is signed is taken: %v", err)
		}
		for _, m := range got.Messages {
			if m.ExternalID == "" || (len(m.From) == 0 && !h.Nobody) || m.Kind == "" {
				t.Fatalf("a message without id, sender or kind: %+v", m)
			}
		}
		for _, s := range got.Statuses {
			if (s.ExternalID == "") == s.Watermark.IsZero() || s.State == "" {
				t.Fatalf("a status of nothing, or of two things: %+v", s)
			}
		}
	})
}
