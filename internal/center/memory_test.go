package center

import (
	"testing"

	"parley"
	"parley/internal/store"
)

// TestMemoryOfWords: A-118: what was said is remembered until a row tells that it
// may be other words now, or none. R-52: of a conversation on a network, what its
// agent says and how that stands changes the last message and nothing else.
func TestMemoryOfWords(t *testing.T) {
	said := parley.Message{ID: "msg_2", Conversation: "con_zoe", Seq: 2, Sender: parley.FromAgent, Text: "It is on its way."}
	for _, x := range []struct {
		row               parley.Entry
		words, talk, last bool // remembered still
	}{
		{parley.Entry{Kind: parley.KindRecordChanged, Conversation: "con_zoe", Subject: "cus_zoe"}, false, false, false},
		{parley.Entry{Kind: parley.KindRecordChanged, Subject: "cus_zoe"}, false, false, false},
		{parley.Entry{Kind: parley.KindRecordChanged, Conversation: "con_zoe", Interaction: "int_1", Subject: "cus_zoe"}, true, false, false},
		{parley.Entry{Kind: parley.KindMessageChanged, Conversation: "con_zoe", Message: "msg_2"}, false, false, false},
		{parley.Entry{Kind: parley.KindDeliveryChanged, Conversation: "con_zoe", Message: "msg_2"}, false, true, false},
		{parley.Entry{Kind: parley.KindDeliveryChanged, Conversation: "con_zoe", Message: "msg_1"}, true, true, true},
		{parley.Entry{Kind: parley.KindDeliveryChanged, Conversation: "con_zoe"}, true, false, false},
	} {
		m := still(store.View{})
		first := parley.Message{ID: "msg_1", Conversation: "con_zoe", Seq: 1, Sender: parley.FromCustomer}
		m.talks["con_zoe"] = &slot[talk]{&talk{Conversation: parley.Conversation{ID: "con_zoe", Address: "+12065550199"}, Talk: store.Talk{Last: &first}}}
		m.said(said)
		m.take(parley.Entry{Kind: parley.KindMessageAdded, Conversation: "con_zoe", Message: "msg_2", Data: []byte(`{"seq":2}`)})
		if s := m.talks["con_zoe"]; s == nil || s.value.Last.ID != "msg_2" {
			t.Fatalf("the agent's message is not the last: %+v", s)
		}
		m.take(x.row)
		s := m.talks["con_zoe"]
		if _, ok := m.fresh["msg_2"]; ok != x.words || (s != nil) != x.talk || s != nil && s.value.stale == x.last {
			t.Errorf("%+v: words %t, conversation %+v", x.row, ok, s)
		}
	}
}

// TestMemoryOfWhatIsOver: R-52: an interaction that has left everybody's list is told
// to nobody, and not read for it; one that its agent has yet to look at is.
func TestMemoryOfWhatIsOver(t *testing.T) {
	m := still(store.View{}) // whoever reads from it panics
	m.rows["con_zoe"] = &slot[[]parley.InteractionID]{value: &[]parley.InteractionID{"int_1", "int_2"}}
	for id, unviewed := range map[parley.InteractionID]string{"int_1": "false", "int_2": "true"} {
		m.take(parley.Entry{Kind: "interaction_closed", Conversation: "con_zoe", Interaction: id, Agent: "agt_amy", Data: []byte(`{"unviewed":` + unviewed + `}`)})
	}
	if rows := *m.rows["con_zoe"].value; len(rows) != 1 || rows[0] != "int_2" || m.isOver("int_2") {
		t.Errorf("in somebody's list: %v; what is to be looked at is over: %t", rows, m.isOver("int_2"))
	}
	for _, me := range []parley.Actor{{Agent: "agt_amy"}, {Agent: "agt_ada", Role: parley.RoleAdmin}} {
		if v, w, err := (scene{me: me, memory: m}).interaction(t.Context(), "int_1"); v != nil || w != nil || err != nil {
			t.Errorf("%s is told of what is over: %v, %v, %v", me.Agent, v, w, err)
		}
	}
}
