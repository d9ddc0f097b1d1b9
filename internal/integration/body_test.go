package integration_test

import (
	"strings"
	"testing"

	"parley"
	"parley/internal/center"
	"parley/internal/store"
)

// filedIn serves a conversation with a code and a note, and returns all of its log.
func filedIn(x *town, language string) string {
	x.t.Helper()
	v, err := x.Find(x.t.Context(), ada, x.crm)
	x.must(err)
	v.Settings["language"] = language
	x.must(x.Save(x.t.Context(), ada, x.crm, v.CRMInput))
	o := x.rings("zoe@example.com")
	x.must(x.center.AcceptOffer(x.t.Context(), amy, o))
	x.do(func(r *store.Rows) {
		r.SaveDispositionList(parley.DispositionList{ID: "dli_a", Name: "Outcome", Dispositions: []parley.Disposition{{ID: "dsp_paid", Name: "Paid", NameFR: "Pay\u00e9", Active: true}}, Rev: 1})
		r.SaveChosen(o.Interaction, []parley.DispositionID{"dsp_paid"})
	})
	_, err = x.center.Send(x.t.Context(), amy, o.Interaction, center.Words{ClientID: "m1", Text: "It is on its way"})
	x.must(err)
	x.ends(o.Interaction)
	x.until(o.Interaction, "it is logged", posted)
	_, logs, _ := x.tin.filed()
	l := logs[0]
	return l.Subject + "\n" + l.Summary() + "\n" + l.Transcript
}

// LOC-04, DYN-06: a log is written in the connection's language, the names of
// channels and what the system notes, too.
func TestLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		"en":    {"Web chat #", ": Zoe Day", "Channel: Web chat", "Initiated: ", "Codes: Paid", "Customer: Where is my parcel?", "Amy: It is on its way", "The conversation has ended"},
		"fr-CA": {"Clavardage #", "\u00a0: Zoe Day", "Canal\u00a0: Clavardage", "D\u00e9but\u00a0: ", "Codes\u00a0: Pay\u00e9", "Client\u00a0: Where is my parcel?", "Amy\u00a0: It is on its way", "La conversation est termin\u00e9e"},
	} {
		t.Run(language, func(t *testing.T) {
			each(t, func(t *testing.T, x *town) {
				all := filedIn(x, language)
				for _, part := range want {
					if !strings.Contains(all, part) {
						t.Errorf("DYN-06: %q is nowhere in\n%s", part, all)
					}
				}
			})
		})
	}
}
