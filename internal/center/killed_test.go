package center

import (
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/channel"
	"parley/internal/store/storetest"
)

// What TestKilledChild is told.
const (
	killedDSN = "PARLEY_TEST_KILLED_DSN"
	killedURL = "PARLEY_TEST_KILLED_URL"
)

// TestKilledBetweenCallAndRecord: P4, R-46, M12: a process that is killed when
// the network has the message and nothing is saved of it leaves the message
// unconfirmed. The one that follows does not send it again; what was written
// behind it goes.
func TestKilledBetweenCallAndRecord(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		w := newWire(t)
		w.afresh()
		child := exec.Command(os.Args[0], "-test.run=^TestKilledChild$", "-test.v")
		child.Env = append(os.Environ(), killedDSN+"="+dsn, killedURL+"="+w.url, "PARLEY_FAULT=mid_send:1")
		out, err := child.CombinedOutput()
		if err == nil {
			t.Fatalf("the child was not killed: %s", out)
		}
		if got := w.read(); !slices.Equal(got, []string{"first"}) {
			t.Fatalf("the phone shows %q: %s", got, out)
		}
		x := &town{t: t, dsn: dsn, clock: &hand{now: storetest.Day}, networks: map[string]channel.Channel{"wire": w}}
		x.clock.ticks(time.Second) // until the lease of who was killed has ended
		x.reopened()
		x.clock.ticks(0)
		all, err := x.s.View().Messages(t.Context(), x.talkOf("ent_wire", phone(zoes)).Visitor, 1<<40, 10)
		x.must(err)
		var mine []parley.Message
		for _, m := range all {
			if m.Sender == parley.FromAgent {
				mine = append(mine, m)
			}
		}
		x.stands(mine[0].ID, parley.DeliveryUnconfirmed, "unknown_outcome")
		x.clients.Store(100) // the child had the first ones
		x.stands(x.writes(mine[0].Interaction, "second"), parley.DeliverySent, "")
		if got := w.read(); !slices.Equal(got, []string{"first", "second"}) {
			t.Errorf("the phone shows %q", got)
		}
	})
}

// TestKilledChild is the process that is killed.
func TestKilledChild(t *testing.T) {
	dsn := os.Getenv(killedDSN)
	if dsn == "" {
		t.Skip("only for TestKilledBetweenCallAndRecord")
	}
	w := newWire(t)
	w.afresh()
	w.url = os.Getenv(killedURL)
	x := &town{t: t, dsn: dsn, clock: &hand{now: storetest.Day}, networks: map[string]channel.Channel{"wire": w}}
	x.start()
	x.wire()
	x.works(amy)
	x.writes(x.serves(zoes), "first")
	select {} // until it is killed
}
