package integration

import (
	"fmt"
	"slices"
	"testing"

	"parley"
	"parley/internal/store"
)

// POP-04, A-107, C15: by what a CRM is asked on each channel, in which order, and
// which of it the channel proves.
func TestQuestions(t *testing.T) {
	marie := parley.Visitor{Name: "Marie Tremblay", Email: "marie@example.com", Phone: "514 555 0101"}
	with := func(handle string) parley.Visitor {
		v := marie
		v.Handle = handle
		return v
	}
	for _, test := range []struct {
		name    string
		channel parley.Channel
		address parley.Address
		visitor parley.Visitor
		want    []string
	}{
		{"on the web all is claimed", parley.WebChat, "", marie, []string{"marie@example.com claimed", "+15145550101 claimed"}},
		{"a number somebody writes from is theirs", parley.SMS, "+15145550102", marie, []string{"+15145550102", "marie@example.com claimed"}},
		{"and on WhatsApp", parley.WhatsApp, "+15145550102", with("marie"), []string{"+15145550102", "marie@example.com claimed"}},
		{"a network's own id is theirs", parley.Facebook, "6328923457821345", marie, []string{"6328923457821345", "marie@example.com claimed", "+15145550101 claimed"}},
		{"a handle changes hands", parley.X, "773184", with("ada_k"), []string{"ada_k claimed", "marie@example.com claimed", "+15145550101 claimed"}},
		{"of the open channel we know what its program says", parley.Open, "u-17", parley.Visitor{}, []string{"u-17 claimed"}},
	} {
		c := parley.Conversation{Channel: test.channel, Address: test.address, Visitor: test.visitor}
		var got []string
		for _, q := range questions(c, who(c, "CA")) {
			one := q.Phone + q.Email + q.Social.Handle
			if q.claimed {
				one += " claimed"
			}
			got = append(got, one)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("POP-04: %s: %q, want %q", test.name, got, test.want)
		}
	}
}

// what was found by a claim is marked, and the cache is not: the same
// number may be proven elsewhere.
func TestMark(t *testing.T) {
	cached := []store.CRMRecord{{Name: "Marie"}, {Name: "Luc"}}
	claimed, proven := question{claimed: true}.mark(cached), question{}.mark(cached)
	if got := fmt.Sprint(claimed[0].Claimed, claimed[1].Claimed, proven[0].Claimed, cached[0].Claimed); got != "true true false false" {
		t.Errorf("A-107: marked are %s", got)
	}
}
