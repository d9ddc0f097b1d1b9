package center

import (
	"slices"
	"testing"
	"time"

	"parley"
	"parley/internal/routing"
	"parley/internal/script"
)

// A queue that ends the wait says why, in the customer's language, before it does.
func TestUnserved(t *testing.T) {
	french := parley.Visitor{Name: "Zoe", Language: "fr-CA"}
	config := routing.QueueConfig{
		ID: "que_quick", Enabled: true, Priority: 5, Policy: parley.PolicyLoadThenIdle, AcceptInterval: 30 * time.Second,
		OnFull: parley.QueueMessageEnd, NoAgents: parley.QueueWait, OnClose: parley.QueueMessageEnd,
	}
	ended := func(t *testing.T, x *town, v parley.Actor, as parley.InteractionState, want ...string) {
		t.Helper()
		if i := x.latest(v); i.State != as {
			t.Errorf("the interaction is %s", i.State)
		}
		got := x.said(v)
		if !slices.Equal(got[max(0, len(got)-len(want)):], want) {
			t.Errorf("said %q, want %q", got, want)
		}
	}
	ends := func(t *testing.T, x *town, v parley.Actor, text string) {
		t.Helper()
		ended(t, x, v, parley.QueueTimeout, "system: "+text, "system: conversation_ended")
	}
	each(t, func(t *testing.T, x *town) {
		t.Run("QUE-08: nobody is there, and a form is", func(t *testing.T) {
			q := config
			q.NoAgents = parley.QueueOfflineForm
			x.do("a form", nil, routing.SaveQueue{Queue: q})
			ended(t, x, x.visits("ent_quick", french), parley.Skipped, "system: "+script.Unserved("no_agents", true).FR)
		})
		t.Run("QUE-08: nobody is there", func(t *testing.T) {
			q := config
			q.NoAgents = parley.QueueMessageEnd
			x.do("nobody", nil, routing.SaveQueue{Queue: q})
			ends(t, x, x.visits("ent_quick", french), script.Unserved("no_agents", false).FR)
		})
		t.Run("QUE-09: the line is full", func(t *testing.T) {
			q := config
			q.MaxSize = 1
			x.do("one at a time", nil, routing.SaveQueue{Queue: q})
			x.visits("ent_quick", bea)
			ends(t, x, x.visits("ent_quick", bea), script.Unserved("queue_full", false).EN)
		})
		t.Run("E12: the queue closes", func(t *testing.T) {
			q := config
			x.do("room again", nil, routing.SaveQueue{Queue: q})
			v := x.visits("ent_quick", bea)
			q.Enabled = false
			x.do("closes", nil, routing.SaveQueue{Queue: q})
			ends(t, x, v, script.Unserved("closed", false).EN)
		})
		t.Run("QUE-09: waited for too long", func(t *testing.T) {
			ends(t, x, x.gaveUp(), script.Unserved("max_wait", false).EN)
		})
	})
}
