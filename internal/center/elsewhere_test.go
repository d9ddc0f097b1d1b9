package center

import (
	"slices"
	"testing"

	"parley"
	"parley/internal/channel"
	"parley/internal/store"
)

// TestElsewhere is A-058: a network that calls one address for all of an app's
// accounts reaches each of them, and none whose secret did not sign.
func TestElsewhere(t *testing.T) {
	each(t, func(t *testing.T, x *town) {
		x.connect()
		x.do("another app", func(r *store.Rows) {
			e := parley.EntryPoint{ID: "ent_other", Name: "other", Channel: parley.SMS, Provider: "tin", Address: "+15550009", Queue: "que_support", Enabled: true, Rev: 1}
			e.Sealed = testSeal.Secrets(string(e.ID), map[string]string{"token": "another app's"})
			r.SaveEntryPoint(e)
			r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: string(e.ID)})
		})
		r := signed(channel.Received{Messages: []parley.Inbound{says("+12065551234", "m1", "Hi")}, Others: []string{"+15550002", "+15550009", "+1999"}})
		for range 2 { // the second is a repeat
			_, err := x.Receive(t.Context(), "ent_sms", r)
			x.must(err)
			x.news(0)
		}
		for _, e := range []parley.EntryPointID{"ent_sms", "ent_sms2"} {
			if got := x.said(x.talkOf(e, phone("+12065551234"))); !slices.Equal(got, []string{"customer: Hi"}) {
				t.Errorf("at %s it says %q", e, got)
			}
		}
		if found, err := x.s.View().KeyedBy(t.Context(), "ent_other", phone("+12065551234")); err != nil || len(found) > 0 {
			t.Errorf("A-058: it reached an account of another app: %v, %v", found, err)
		}
		h, err := x.s.View().Health(t.Context(), "ent_sms")
		x.must(err)
		if h.Odd == 0 {
			t.Error("an account that is none of ours is shown to administrators")
		}
	})
}
