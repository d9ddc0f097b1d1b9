package center

import (
	"testing"
	"time"

	"parley"
	"parley/internal/courier"
	"parley/internal/store"
)

// TestTrouble: R-48, SOC-01: one try that fails is nobody's trouble. Where nothing
// goes for a while administrators see it, and one mail goes out; the message that
// goes at last ends it. A network that only asks us to wait is shown, not mailed.
// Who writes there is told that it waits for a network that asked for it, and that it is over.
func TestTrouble(t *testing.T) {
	for mood, want := range map[string]struct {
		code  string
		pass  time.Duration
		mails int
	}{
		"away": {"transient", 10 * time.Second, 1}, "throttled": {"throttled", 40 * time.Second, 0},
	} {
		t.Run(mood, func(t *testing.T) {
			wired(t, func(t *testing.T, x *town, w *wire, id parley.InteractionID) {
				x.do("maintenance", func(r *store.Rows) {
					r.SaveSetting(parley.Setting{Scope: parley.ScopeTenant, Key: "mail.maintenance", Value: `"ops@example.com"`})
					r.Entry(parley.Entry{Kind: parley.KindConfigChanged, Subject: "setting"})
				})
				ails := func(code string) func() bool {
					return func() bool {
						h, err := x.s.View().Health(t.Context(), "ent_wire")
						x.must(err)
						return h.ErrorCode == code
					}
				}
				w.feels(func(string) string { return mood })
				m := x.writes(id, "Hello")
				x.stands(m, parley.DeliveryPending, want.code)
				if !ails("")() {
					t.Error("the first try that fails is a trouble")
				}
				x.clock.pass(want.pass)
				x.nudge()
				x.soon("administrators see it", ails(want.code))
				told := func(code string) func() bool {
					return func() bool { return x.shown(amy, id).Composer.Paused == code }
				}
				if mood == "throttled" {
					x.soon("the agent is told", told(mood))
				}
				x.stands(m, parley.DeliveryPending, want.code)
				mails, err := x.s.View().OutboxDue(t.Context(), courier.AlarmKind, x.clock.Now(), 10)
				x.must(err)
				if len(mails) != want.mails {
					t.Errorf("%d mails to the maintenance list", len(mails))
				}
				w.feels(nil)
				x.clock.pass(2 * time.Minute)
				x.nudge()
				x.stands(m, parley.DeliverySent, "")
				x.soon("it is over", ails(""))
				x.soon("the agent is told so", told(""))
			})
		})
	}
}
